import {once} from 'node:events'
import {createServer, type IncomingMessage, type Server, type ServerResponse} from 'node:http'
import {isIP} from 'node:net'
import {AnswerError, text, type Answer, type Page} from './page.js'
import {helpText} from './pages.js'

const MAX_CONNECTIONS = 64
const MAX_HEADER_BYTES = 16 * 1024
const TIMEOUT_MS = 10_000

export interface ServeOptions {
  readonly host: string
  readonly port: number
  /** Pages that change something are there: whoever may have been sent by a web page is refused. */
  readonly isPrivate: boolean
  readonly report: (error: unknown) => void
}

/** Serves pages over HTTP, bounded in connections, header size and time. Rejects with the system's error where the port cannot be had. */
export async function servePages(pages: readonly Page[], {host, port, isPrivate, report}: ServeOptions): Promise<Server> {
  const server = createServer({maxHeaderSize: MAX_HEADER_BYTES, requestTimeout: TIMEOUT_MS, headersTimeout: TIMEOUT_MS, keepAliveTimeout: TIMEOUT_MS})
  server.maxConnections = MAX_CONNECTIONS
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    request.resume() // a body means nothing here
    answer(pages, request, isPrivate)
      .then((result) => reply(response, result))
      .catch((error: unknown) => {
        report(error)
        reply(response, text('internal error: see the log\n', 500))
      })
  })
  server.listen(port, host)
  await once(server, 'listening')
  server.on('error', report)
  return server
}

async function answer(pages: readonly Page[], request: IncomingMessage, isPrivate: boolean): Promise<Answer> {
  if (isPrivate && isFromElsewhere(request)) return text('refused: this request comes from a web page\n', 403)
  const [path = '/', query = ''] = (request.url ?? '/').split('?', 2)
  const page = pages.find((candidate) => candidate.path === path)
  if (page === undefined) return path === '/' ? text(helpText(pages)) : text(`invalid path. ${helpText(pages)}`, 404)
  if (!isAllowed(page, request.method)) return text('Method Not Allowed', 405)
  try {
    return await page.answer(new URLSearchParams(query))
  } catch (error) {
    if (error instanceof AnswerError) return text(error.message, error.status)
    throw error
  }
}

/** As Envoy: reading is GET or POST, changing is POST. */
function isAllowed({mutates}: Page, method: string | undefined): boolean {
  return method === 'POST' || (mutates !== true && (method === 'GET' || method === 'HEAD'))
}

/** A browser says where a request comes from; a name that was rebound to this address is no address. */
function isFromElsewhere({headers}: IncomingMessage): boolean {
  const site = headers['sec-fetch-site']
  if (headers.origin !== undefined || (site !== undefined && site !== 'none' && site !== 'same-origin')) return true
  const host = (headers.host ?? 'localhost').replace(/:\d+$/, '').replace(/^\[|\]$/g, '')
  return host !== 'localhost' && isIP(host) === 0
}

function reply(response: ServerResponse, {status, type, body}: Answer): void {
  response.writeHead(status, {'content-type': type, 'cache-control': 'no-cache, max-age=0', 'x-content-type-options': 'nosniff', server: 'tshift'})
  response.end(body)
}

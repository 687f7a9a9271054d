import {once} from 'node:events'
import {chmod, rm} from 'node:fs/promises'
import {createServer, type IncomingMessage, type Server, type ServerResponse} from 'node:http'

/** What can be asked of the gateway process over its control socket. Each answers with JSON. */
export type ControlHandlers = Readonly<Record<string, () => Promise<unknown>>>

/**
 * Serves `handlers` by name (`POST /<name>`) on a unix socket that only its owner may open (0600, in a 0700 directory).
 * A socket left behind by a killed process is replaced.
 */
export async function serveControl(socket: string, handlers: ControlHandlers): Promise<Server> {
  await rm(socket, {force: true})
  const server = createServer((request, response) => void answer(handlers, request, response))
  server.listen(socket)
  await once(server, 'listening')
  await chmod(socket, 0o600)
  return server
}

async function answer(handlers: ControlHandlers, request: IncomingMessage, response: ServerResponse): Promise<void> {
  request.resume()
  const handler = request.method === 'POST' ? handlers[(request.url ?? '').slice(1)] : undefined
  if (handler === undefined) return reply(response, 404, {message: `unknown request ${request.method} ${request.url}`})
  try {
    reply(response, 200, await handler())
  } catch (error) {
    reply(response, 500, {message: error instanceof Error ? error.message : String(error)})
  }
}

function reply(response: ServerResponse, code: number, body: unknown): void {
  response.writeHead(code, {'content-type': 'application/json', connection: 'close'})
  response.end(JSON.stringify(body ?? null))
}

import {request as requestHttp, type IncomingMessage} from 'node:http'
import {request as requestHttps} from 'node:https'
import type {CheckResult} from './check.js'
import {dialError} from './check-tcp.js'

const MAX_REDIRECTS = 10

interface HttpTarget {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
}

/**
 * Success where the answer's status is 200 to 399, whatever its certificate. Redirects are followed on the same host; one to another host is a success.
 * Source: kubernetes `pkg/probe/http`.
 */
export async function checkHttp({url, headers}: HttpTarget, limit: AbortSignal): Promise<CheckResult> {
  try {
    let at = new URL(url)
    for (let redirects = 0; ; redirects++) {
      const {statusCode = 0, headers: answered} = await get(at, headers, limit)
      const next = statusCode >= 301 && statusCode <= 308 && answered.location !== undefined ? new URL(answered.location, at) : undefined
      if (next === undefined || next.hostname !== at.hostname) return verdict(statusCode)
      if (redirects === MAX_REDIRECTS) return {type: 'failure', message: `Get ${JSON.stringify(next.href)}: stopped after ${MAX_REDIRECTS} redirects`}
      at = next
    }
  } catch (error) {
    return {type: 'failure', message: `Get ${JSON.stringify(url)}: ${reason(error as Error, new URL(url), limit)}`}
  }
}

function verdict(statusCode: number): CheckResult {
  if (statusCode >= 200 && statusCode < 400) return {type: 'success', message: ''}
  return {type: 'failure', message: `HTTP probe failed with statuscode: ${statusCode}`}
}

function get(url: URL, headers: HttpTarget['headers'], signal: AbortSignal): Promise<IncomingMessage> {
  const request = url.protocol === 'https:' ? requestHttps : requestHttp
  return new Promise((resolve, reject) => {
    const options = {headers, signal, agent: false, rejectUnauthorized: false}
    request(url, options, (response) => {
      response.destroy() // only the status counts
      resolve(response)
    })
      .on('error', reject)
      .end()
  })
}

function reason(error: Error, {hostname, port, protocol}: URL, limit: AbortSignal): string {
  if (limit.aborted) return 'context deadline exceeded (Client.Timeout exceeded while awaiting headers)'
  const {code, syscall} = error as NodeJS.ErrnoException
  if (code === 'ECONNRESET' && syscall === undefined) return 'EOF'
  if (syscall === undefined) return error.message
  return dialError(error, hostname, Number(port || (protocol === 'https:' ? 443 : 80)))
}

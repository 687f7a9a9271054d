import {request} from 'node:http'
import {UserError} from '../../base/user-error.js'

const TIMEOUT_MS = 10_000

/** Asks the gateway process something. Throws a UserError where it does not run or does not answer. */
export async function askGateway<T>(socketPath: string, name: 'status' | 'processes' | 'routing' | 'running' | 'stop'): Promise<T> {
  try {
    const {code, text} = await post(socketPath, name)
    const body: unknown = JSON.parse(text)
    if (code === 200) return body as T
    if (code === 404) throw otherVersion(name)
    throw new UserError(`the gateway refused '${name}': ${(body as {message: string}).message}`)
  } catch (error) {
    if (error instanceof UserError) throw error
    const {code} = error as NodeJS.ErrnoException
    const isAbsent = code === 'ENOENT' || code === 'ECONNREFUSED'
    throw isAbsent
      ? gatewayNotRunning()
      : new UserError(`the gateway does not answer: ${(error as Error).message}`, {hint: "see 'tshift gateway logs'", cause: error})
  }
}

/** What ends a command that needs the gateway process (exit code 8). */
export function gatewayNotRunning(): UserError {
  return new UserError('the gateway is not running', {hint: "start it with 'tshift gateway start'", exitCode: 8})
}

/** A gateway outlives an upgrade of the tool, and is asked for what it did not know. */
function otherVersion(name: string): UserError {
  return new UserError(`the gateway that runs is of another version and does not know '${name}'`, {hint: "start it anew: 'tshift gateway restart'"})
}

function post(socketPath: string, name: string): Promise<{code: number; text: string}> {
  return new Promise((resolve, reject) => {
    const outgoing = request({socketPath, path: `/${name}`, method: 'POST', timeout: TIMEOUT_MS}, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => resolve({code: response.statusCode ?? 0, text: Buffer.concat(chunks).toString()}))
      response.on('error', reject)
    })
    outgoing.on('timeout', () => outgoing.destroy(new Error(`no answer within ${TIMEOUT_MS / 1000} s`)))
    outgoing.on('error', reject)
    outgoing.end()
  })
}

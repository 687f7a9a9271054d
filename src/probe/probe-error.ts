import type {ProbeError} from './observation.js'
import type {Progress} from './turns.js'

/** Why an observation failed, before it is put into words. */
export type ProbeFault =
  | {readonly type: 'no-connection'; readonly afterMs: number}
  | {readonly type: 'no-handshake'; readonly afterMs: number}
  | {readonly type: 'no-end'; readonly afterMs: number}
  | {readonly type: 'no-line'; readonly afterMs: number; readonly progress: Progress}
  | {readonly type: 'no-reply'}
  | {readonly type: 'cut-short'; readonly progress: Progress}
  | {readonly type: 'too-long'; readonly maxBytes: number}
  | {readonly type: 'handshake'; readonly error: NodeJS.ErrnoException}
  | {readonly type: 'system'; readonly error: NodeJS.ErrnoException}

interface Target {
  readonly host: string
  readonly port: number
}

/** Sorts a fault into the kinds that a report counts, with a sentence for a human. */
export function probeError(fault: ProbeFault, target: Target): ProbeError {
  const name = target.host.includes(':') ? `[${target.host}]:${target.port}` : `${target.host}:${target.port}`
  switch (fault.type) {
    case 'no-connection':
      return {kind: 'timeout', message: `no connection to ${name} within ${fault.afterMs} ms`}
    case 'no-handshake':
      return {kind: 'timeout', message: `no TLS handshake with ${name} within ${fault.afterMs} ms`}
    case 'no-end':
      return {kind: 'timeout', message: `${name} did not end its reply within ${fault.afterMs} ms`}
    case 'no-line':
      return {kind: 'timeout', message: `${name} ${progressMade(fault.progress)} within ${fault.afterMs} ms`}
    case 'no-reply':
      return {kind: 'closed', message: `${name} closed the connection without a reply`}
    case 'cut-short':
      return {kind: 'closed', message: `${name} ${progressMade(fault.progress)} and closed the connection`}
    case 'too-long':
      return {kind: 'closed', message: `the reply of ${name} is longer than ${fault.maxBytes} bytes; the rest was not read`}
    case 'handshake':
      return handshakeError(fault.error, name)
    case 'system':
      return systemError(fault.error, name)
    default:
      return fault satisfies never
  }
}

function progressMade({isGreeted, replies, messages}: Progress): string {
  if (!isGreeted) return 'sent no line of greeting'
  return messages === 1 ? 'did not end the line of its reply' : `answered ${replies} of ${messages} messages`
}

/** Node reports a FIN in mid-handshake as ECONNRESET too, but without a system call. */
function handshakeError(error: NodeJS.ErrnoException, name: string): ProbeError {
  if (error.syscall !== undefined) return systemError(error, name)
  if (error.code === 'ECONNRESET') return {kind: 'closed', message: `${name} closed the connection during the TLS handshake`}
  return {kind: 'tls', message: `the TLS handshake with ${name} failed: ${tlsReason(error)}`}
}

function systemError(error: NodeJS.ErrnoException, name: string): ProbeError {
  switch (error.code) {
    case 'ECONNREFUSED':
      return {kind: 'refused', message: `${name} refused the connection`}
    case 'ECONNRESET':
    case 'EPIPE':
      return {kind: 'reset', message: `${name} reset the connection`}
    case 'ETIMEDOUT':
      return {kind: 'timeout', message: `the connection to ${name} timed out`}
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return {kind: 'unreachable', message: `the name of ${name} cannot be resolved`}
    case 'EADDRNOTAVAIL':
      if (error.syscall === 'bind') return {kind: 'unreachable', message: `there is no address ${boundAddress(error)} here to connect from`}
      return {kind: 'unreachable', message: `${name} cannot be reached: no local port is free (${error.message})`}
    default:
      if (error.code?.startsWith('ERR_SSL') === true) return {kind: 'tls', message: `${name} ended TLS: ${tlsReason(error)}`}
      return {kind: 'unreachable', message: `${name} cannot be reached: ${error.message || error.code}`}
  }
}

/** OpenSSL's reason without its thread id, file and line. */
function tlsReason(error: NodeJS.ErrnoException): string {
  return 'reason' in error && typeof error.reason === 'string' ? error.reason : error.message
}

/** Node hangs the address onto the error, beyond what its type says. */
function boundAddress(error: NodeJS.ErrnoException): string {
  return 'address' in error ? String(error.address) : ''
}

import type {ProbeError} from './observation.js'

/** Why an observation failed, before it is put into words. */
export type ProbeFault =
  | {readonly type: 'no-connection'; readonly afterMs: number}
  | {readonly type: 'no-end'; readonly afterMs: number}
  | {readonly type: 'no-reply'}
  | {readonly type: 'too-long'; readonly maxBytes: number}
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
    case 'no-end':
      return {kind: 'timeout', message: `${name} did not end its reply within ${fault.afterMs} ms`}
    case 'no-reply':
      return {kind: 'closed', message: `${name} closed the connection without a reply`}
    case 'too-long':
      return {kind: 'closed', message: `the reply of ${name} is longer than ${fault.maxBytes} bytes; the rest was not read`}
    case 'system':
      return systemError(fault.error, name)
    default:
      return fault satisfies never
  }
}

function systemError({code, message}: NodeJS.ErrnoException, name: string): ProbeError {
  switch (code) {
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
    default:
      return {kind: 'unreachable', message: `${name} cannot be reached: ${message || code}`}
  }
}

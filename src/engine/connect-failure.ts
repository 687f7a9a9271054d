import {tlsFailure} from './tls/tls-failure.js'

/** What strerror(3) says: Envoy prints it, whatever the platform. */
const TEXTS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Connection refused',
  ECONNRESET: 'Connection reset by peer',
  ETIMEDOUT: 'Connection timed out',
  EHOSTUNREACH: 'No route to host',
  ENETUNREACH: 'Network is unreachable',
  EADDRNOTAVAIL: 'Cannot assign requested address',
  EMFILE: 'Too many open files',
  ENFILE: 'Too many open files in system',
  EACCES: 'Permission denied',
  EINVAL: 'Invalid argument',
  ENOENT: 'No such file or directory',
  ENOTFOUND: 'Name or service not known',
}

/**
 * Envoy's UPSTREAM_TRANSPORT_FAILURE_REASON for what went wrong between connect and the first byte, e.g. `delayed_connect_error:_Connection_refused` or
 * `TLS_error:|…`. An error of our own says it itself.
 */
export function connectFailure(error: NodeJS.ErrnoException): string {
  const text = TEXTS[error.code ?? ''] ?? (error.syscall === undefined ? undefined : error.code)
  return tlsFailure(error) ?? (text === undefined ? error.message : `delayed_connect_error: ${text}`).replaceAll(' ', '_')
}

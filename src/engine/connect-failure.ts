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
  ENOTFOUND: 'Name or service not known',
}

/** Envoy's UPSTREAM_TRANSPORT_FAILURE_REASON for a system error code, e.g. `delayed_connect_error:_Connection_refused`. */
export function connectFailure(code: string | undefined): string {
  const text = TEXTS[code ?? ''] ?? code ?? 'unknown'
  return `delayed_connect_error:_${text.replaceAll(' ', '_')}`
}

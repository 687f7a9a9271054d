/** The texts of Go's `syscall.Errno` where libuv words them otherwise or a log line of the image can contain them. */
const ERRNO: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EADDRINUSE: 'address already in use',
  EADDRNOTAVAIL: 'cannot assign requested address',
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset by peer',
  EHOSTUNREACH: 'no route to host',
  EMFILE: 'too many open files',
  ENFILE: 'too many open files in system',
  ENETUNREACH: 'network is unreachable',
  EPIPE: 'broken pipe',
  ETIMEDOUT: 'connection timed out',
}

/** What a Go program prints for a system error, without the operation before it. */
export function goErrorText(error: Error): string {
  const code = (error as NodeJS.ErrnoException).code
  return (code === undefined ? undefined : ERRNO[code]) ?? error.message
}

/** `host:port` as Go's `net.JoinHostPort` writes it. */
export function goAddress(host: string | undefined, port: number | undefined): string {
  return host?.includes(':') === true ? `[${host}]:${port}` : `${host}:${port}`
}

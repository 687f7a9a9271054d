/** `host:port`, with brackets around an IPv6 address; the path of a unix socket as it is. */
export function formatHostPort(host: string, port: number): string {
  if (host.startsWith('/')) return host
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}

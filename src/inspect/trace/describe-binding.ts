/** `host:port`, with brackets around an IPv6 address. */
export function describeBinding(address: string, port: number): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`
}

/**
 * Whether two host patterns have a name in common. A wildcard is a leading `*` only; `*.foo.com` covers every name that ends in `.foo.com`,
 * which `foo.com` does not. Case counts. Source: istio pkg/config/host Name.Matches.
 */
export function hostsOverlap(a: string, b: string): boolean {
  const [aWild, bWild] = [a.startsWith('*'), b.startsWith('*')]
  if (!aWild && !bWild) return a === b
  if (!aWild) return a.endsWith(b.slice(1))
  if (!bWild) return b.endsWith(a.slice(1))
  return a.length < b.length ? b.slice(1).endsWith(a.slice(1)) : a.slice(1).endsWith(b.slice(1))
}

/**
 * The full name of a host as an object in `namespace` means it. Only a name without any dot is completed: `reviews.prod` stays as it is and
 * therefore names no Service (istio model ResolveShortnameToFQDN).
 */
export function toFullHost(host: string, namespace: string, domain: string): string {
  if (host === '' || host.startsWith('*') || host.includes('.') || host.includes(':')) return host
  return `${host}.${namespace}.svc.${domain}`
}

/**
 * A Gateway server's hosts with the namespace part in its final form: a leading `.` is the Gateway's own namespace, a leading `*` is dropped, and an
 * entry for all hosts of all namespaces makes the whole list `*` (istio model sanitizeServerHostNamespace).
 */
export function sanitizeHosts(hosts: readonly string[], namespace: string): readonly string[] {
  if (hosts.includes('*/*')) return ['*']
  return hosts.map((host) => {
    if (host.startsWith('./')) return `${namespace}/${host.slice(2)}`
    return host.startsWith('*/') ? host.slice(2) : host
  })
}

/**
 * Whether a VirtualService in `namespace` with these hosts belongs to a server with those (sanitised) hosts. This decides for plain TCP too,
 * where no byte on the wire names a host (istio core pickMatchingGatewayHosts).
 */
export function serverCovers(serverHosts: readonly string[], hosts: readonly string[], namespace: string): boolean {
  return serverHosts.some((serverHost) => {
    const slash = serverHost.indexOf('/')
    if (slash >= 0 && serverHost.slice(0, slash) !== namespace) return false
    const pattern = serverHost.slice(slash + 1)
    return hosts.some((host) => hostsOverlap(pattern, host))
  })
}

/** How an object reaches the configuration of a proxy: kept to the proxy's own namespace, sent to it by name, or given to all. */
export type Visibility = 'private' | 'exported' | 'public' | 'none'

/**
 * What `exportTo` of an object in `namespace` means for a proxy in `proxyNamespace`: empty or `*` is everyone, `.` the object's own namespace,
 * `~` no one (istio push_context.go).
 */
export function visibilityOf(exportTo: readonly string[] | undefined, namespace: string, proxyNamespace: string): Visibility {
  if (exportTo === undefined || exportTo.length === 0 || exportTo.includes('*')) return 'public'
  if (exportTo.includes('~')) return 'none'
  if (namespace === proxyNamespace && (exportTo.includes('.') || exportTo.includes(namespace))) return 'private'
  return exportTo.includes(proxyNamespace) ? 'exported' : 'none'
}

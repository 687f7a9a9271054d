/**
 * By which field the items of a built-in kind's list are told apart when it is merged; other lists are replaced whole.
 * Source: the `patchMergeKey` tags of k8s.io/api, as client-go's structured schema has them.
 */
const KEY_BY_FIELD: Readonly<Record<string, string>> = {
  containers: 'name',
  initContainers: 'name',
  ephemeralContainers: 'name',
  volumes: 'name',
  imagePullSecrets: 'name',
  schedulingGates: 'name',
  resourceClaims: 'name',
  env: 'name',
  volumeMounts: 'mountPath',
  volumeDevices: 'devicePath',
  hostAliases: 'ip',
  topologySpreadConstraints: 'topologyKey',
  conditions: 'type',
  ownerReferences: 'uid',
  podIPs: 'ip',
}

/** The merge key of the list at `path` (field names only, no indexes) of a built-in kind; undefined for lists replaced whole. */
export function mergeKeyOf(kind: string, path: readonly string[]): string | undefined {
  const field = path[path.length - 1] ?? ''
  if (field === 'ports') return kind === 'Service' ? 'port' : path.includes('containers') || path.includes('initContainers') ? 'containerPort' : undefined
  if (field === 'secrets') return kind === 'ServiceAccount' ? 'name' : undefined
  if (field === 'addresses') return kind === 'Node' ? 'type' : undefined
  return KEY_BY_FIELD[field]
}

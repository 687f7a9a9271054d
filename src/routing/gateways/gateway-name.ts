/** Stands for all sidecars where a Gateway's name could stand. */
export const MESH = 'mesh'

/**
 * `namespace/name` of the Gateway that a VirtualService in `namespace` means: `name`, `./name`, `other/name`, and the legacy spellings
 * `name.other` and `name.other.svc…` (istio model resolveGatewayName).
 */
export function resolveGatewayName(name: string, namespace: string): string {
  if (name === MESH) return name
  const slash = name.indexOf('/')
  if (slash >= 0) return name.slice(0, slash) === '.' ? `${namespace}/${name.slice(slash + 1)}` : name
  const [short = '', legacyNamespace] = name.split('.')
  return `${legacyNamespace ?? namespace}/${short}`
}

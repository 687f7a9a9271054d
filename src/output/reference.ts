/**
 * `service/tcp-echo`, `deployment.apps/tcp-echo-v1`: how kubectl names an object, and what it accepts back.
 * Source: cli-runtime `printers/name.go`.
 */
export function formatReference(type: {readonly kind: string; readonly group: string}, name: string): string {
  const suffix = type.group === '' ? '' : `.${type.group}`
  return `${type.kind.toLowerCase()}${suffix}/${name}`
}

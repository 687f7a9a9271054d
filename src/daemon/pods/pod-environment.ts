import type {Pod} from '../../api/kinds/pod.js'
import {expand} from '../../api/expansion.js'

type Container = NonNullable<Pod['spec']>['containers'][number]

/** The variables a container sees: its own `env` with `$(VAR)` expanded in order, and what every pod has. */
export function podEnvironment(pod: Pod, container: Container, address: string): Readonly<Record<string, string>> {
  const env: Record<string, string> = {HOSTNAME: pod.metadata.name}
  for (const {name, value, valueFrom} of container.env ?? []) {
    const field = valueFrom?.fieldRef?.fieldPath
    env[name] = field === undefined ? expand(value ?? '', env) : (fieldOf(pod, field, address) ?? '')
  }
  return env
}

/** The downward API's fields. */
function fieldOf(pod: Pod, path: string, address: string): string | undefined {
  const {metadata, spec} = pod
  switch (path) {
    case 'metadata.name':
      return metadata.name
    case 'metadata.namespace':
      return metadata.namespace
    case 'metadata.uid':
      return metadata.uid
    case 'spec.nodeName':
      return spec?.nodeName
    case 'spec.serviceAccountName':
      return spec?.serviceAccountName
    case 'status.podIP':
      return address
    case 'status.hostIP':
      return '127.0.0.1'
    default: {
      const [, map, key] = /^metadata\.(labels|annotations)\['([^']+)'\]$/.exec(path) ?? []
      return map === undefined || key === undefined ? undefined : metadata[map as 'labels' | 'annotations']?.[key]
    }
  }
}

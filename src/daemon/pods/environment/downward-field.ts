import type {Pod} from '../../../api/kinds/pod.js'

/** A field of the pod as the downward API gives it to a variable; undefined where the pod has none. `address` is the pod's. */
export function downwardField(pod: Pod, path: string, address: string): string | undefined {
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
    case 'status.podIPs':
      return address
    case 'status.hostIP':
    case 'status.hostIPs':
      return '127.0.0.1'
    default: {
      const [, map, key] = /^metadata\.(labels|annotations)\['([^']+)'\]$/.exec(path) ?? []
      return map === undefined || key === undefined ? undefined : metadata[map as 'labels' | 'annotations']?.[key]
    }
  }
}

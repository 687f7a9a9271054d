import path from 'node:path'
import type {Pod} from '../../api/kinds/pod.js'

/** Where the logs of a pod's containers lie below `podLogs`, a file `<container>.log` each. */
export function podLogDirectory(podLogs: string, {metadata}: Pod): string {
  return path.join(podLogs, `${metadata.namespace}_${metadata.name}_${metadata.uid}`)
}

import type {DaemonSet} from '../../../api/kinds/daemon-set.js'
import {matches, selectorFromMap} from '../../../api/labels.js'
import type {KubeObject} from '../../../api/object.js'

/** Whether the node is one of those that the set wants its pods on: by name and by labels. */
export function fitsNode({spec}: DaemonSet, {metadata}: KubeObject): boolean {
  const {nodeName, nodeSelector = {}} = spec.template.spec ?? {}
  return (nodeName === undefined || nodeName === metadata.name) && matches(selectorFromMap(nodeSelector), metadata.labels ?? {})
}

import type {DaemonSet} from '../../../api/kinds/daemon-set.js'
import type {KubeObject} from '../../../api/object.js'
import {NODE_NAME} from '../../../resources/cluster.js'
import {controllerReference} from '../ownership.js'
import {POD_REVISION} from '../revisions/choose-revision.js'

const GENERATION = 'pod-template-generation'
const AFFINITY = {
  nodeAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchFields: [{key: 'metadata.name', operator: 'In', values: [NODE_NAME]}]}]},
  },
}
const TOLERATED = [
  ['node.kubernetes.io/not-ready', 'NoExecute'],
  ['node.kubernetes.io/unreachable', 'NoExecute'],
  ['node.kubernetes.io/disk-pressure', 'NoSchedule'],
  ['node.kubernetes.io/memory-pressure', 'NoSchedule'],
  ['node.kubernetes.io/pid-pressure', 'NoSchedule'],
  ['node.kubernetes.io/unschedulable', 'NoSchedule'],
].map(([key, effect]) => ({effect, key, operator: 'Exists'}))

/** The pod of the one node: bound to it, and to stay there whatever becomes of the node. Source: kubernetes `CreatePodTemplate`, `AddOrUpdateDaemonPodTolerations`. */
export function podOf(set: DaemonSet, hash: string): KubeObject {
  const {metadata = {}, spec = {containers: []}} = set.spec.template
  const generation = String(set.metadata.annotations?.['deprecated.daemonset.template.generation'] ?? set.metadata.generation ?? 1)
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      generateName: `${set.metadata.name}-`,
      namespace: set.metadata.namespace ?? 'default',
      labels: {...metadata.labels, [POD_REVISION]: hash, [GENERATION]: generation},
      ...(metadata.annotations !== undefined && {annotations: metadata.annotations}),
      ownerReferences: [controllerReference(set)],
    },
    spec: {...spec, affinity: AFFINITY, tolerations: [...(spec.tolerations ?? []), ...TOLERATED]},
  } as unknown as KubeObject
}

import {selects} from '../routing/labels.js'
import type {Labels} from '../api/labels.js'
import {labelsOf, type Inventory} from './inventory.js'

/** A pod that is there, or that a Deployment will make. */
export interface Workload {
  readonly namespace: string
  readonly labels: Labels
}

/** Labels a pod has in the registry from the node it is on (istio serviceregistry/util/label AugmentLabels). */
const TOPOLOGY = ['topology.kubernetes.io/region', 'topology.kubernetes.io/zone', 'topology.istio.io/subzone']
const HOSTNAME = 'kubernetes.io/hostname'

const known = new WeakMap<Inventory, readonly Workload[]>()

/**
 * What selectors can select: the pods, and for each Deployment that wants any the pods of its template. istioctl counts pods alone; here
 * Deployments in files are about to have theirs, and a Deployment's pods are only there once its controller has run.
 * One entry for each namespace and set of labels.
 */
export function workloadsOf(inventory: Inventory): readonly Workload[] {
  const found = known.get(inventory) ?? distinct([...podWorkloads(inventory), ...templateWorkloads(inventory)])
  known.set(inventory, found)
  return found
}

function podWorkloads({pods, nodes, find}: Inventory): readonly Workload[] {
  return pods.map(({object}) => {
    const {nodeName = ''} = object.spec ?? {}
    const node = find(nodes, nodeName)
    const topology = node === undefined ? {} : {...pick(labelsOf(node.object), TOPOLOGY), [HOSTNAME]: nodeName}
    return {namespace: object.metadata.namespace ?? '', labels: {...labelsOf(object), ...topology}}
  })
}

function templateWorkloads({deployments}: Inventory): readonly Workload[] {
  return deployments
    .filter(({object}) => object.spec?.replicas !== 0)
    .map(({object}) => ({namespace: object.metadata.namespace ?? '', labels: object.spec?.template?.metadata?.labels ?? {}}))
}

function pick(labels: Labels, keys: readonly string[]): Labels {
  return Object.fromEntries(keys.flatMap((key) => (labels[key] === undefined ? [] : [[key, labels[key]]])))
}

function distinct(workloads: readonly Workload[]): readonly Workload[] {
  return [...new Map(workloads.map((workload) => [`${workload.namespace} ${JSON.stringify(workload.labels)}`, workload])).values()]
}

/** Whether any workload, in any namespace, has these labels. */
export function selectsAny(selector: Labels | undefined, workloads: readonly Workload[]): boolean {
  return workloads.some(({labels}) => selects(selector, labels))
}

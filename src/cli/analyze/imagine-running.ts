import type {Deployment} from '../../api/kinds/deployment.js'
import type {EndpointSlice} from '../../api/kinds/endpoint-slice.js'
import type {Pod} from '../../api/kinds/pod.js'
import {planEndpoints} from '../../daemon/controllers/endpoints.js'
import {allotAddresses} from '../../daemon/controllers/entry-addresses.js'
import {keyOf} from '../../routing/naming.js'
import type {World} from '../../daemon/world.js'

const MANAGED_BY = 'endpointslice.kubernetes.io/managed-by'
const CONTROLLER = 'endpointslice-controller.k8s.io'

/** Of the addresses that can be listened at, those that no installation gives away. */
const SOMEWHERE_OWN = '127.1'

/**
 * The world as it would be if everything ran: each pod ready and with an address, a pod for each Deployment that has none yet, and the endpoints
 * that follow from it. What compiling still finds wrong is wrong with the configuration, and not with the moment.
 */
export function imagineRunning(world: World): World {
  const pods = [...world.pods.map(running), ...world.deployments.filter((deployment) => !hasPod(deployment, world.pods)).flatMap(firstPod)]
  const handmade = world.endpointSlices.filter(({metadata}) => metadata.labels?.[MANAGED_BY] !== CONTROLLER)
  const actions = planEndpoints({...world, pods, endpointSlices: handmade, endpoints: []})
  const slices = actions.flatMap((action) => (action.type === 'create' && action.object.kind === 'EndpointSlice' ? [action.object as EndpointSlice] : []))
  return {...world, pods, endpointSlices: [...handmade, ...slices], serviceEntries: withAddresses(world.serviceEntries)}
}

function withAddresses(entries: World['serviceEntries']): World['serviceEntries'] {
  const allotted = new Map(allotAddresses(entries, SOMEWHERE_OWN).map((entry) => [keyOf(entry), entry]))
  return entries.map((entry) => allotted.get(keyOf(entry)) ?? entry)
}

function running(pod: Pod, index: number): Pod {
  const {phase} = pod.status ?? {}
  if (phase === 'Succeeded' || phase === 'Failed') return pod
  return {...pod, status: {...pod.status, phase: 'Running', podIP: pod.status?.podIP ?? addressOf(index), conditions: [{type: 'Ready', status: 'True'}]}} as Pod
}

/** Of the range for benchmarks (RFC 2544), where nobody is. */
function addressOf(index: number): string {
  return `198.18.${(index >> 8) & 255}.${index & 255}`
}

function hasPod({metadata, spec}: Deployment, pods: readonly Pod[]): boolean {
  const wanted = Object.entries(spec.template.metadata?.labels ?? {})
  return pods.some((pod) => pod.metadata.namespace === metadata.namespace && wanted.every(([key, value]) => pod.metadata.labels?.[key] === value))
}

function firstPod({metadata, spec}: Deployment, index: number): readonly Pod[] {
  if (spec.replicas === 0) return []
  const {labels = {}, annotations = {}} = spec.template.metadata ?? {}
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {name: `${metadata.name}-0`, namespace: metadata.namespace ?? 'default', labels, annotations},
    spec: spec.template.spec,
  }
  return [running(pod as unknown as Pod, 0x8000 + index)]
}

import {podType, type Pod} from '../../api/kinds/pod.js'
import {type Selector, matches} from '../../api/labels.js'
import {StatusError} from '../../api/status-error.js'
import {UserError} from '../../base/user-error.js'
import type {GatewayProcesses} from '../../daemon/control/container-process.js'
import {INGRESS} from '../../resources/cluster.js'
import type {Resources} from '../../resources/resources.js'
import {addUsage, familyOf, NO_USAGE, usageOf, type Looks, type Usage} from '../../workload/processes/process-usage.js'
import {fieldFilter} from '../verbs/get.js'

export interface PodUsage {
  readonly namespace: string
  readonly name: string
  readonly usage: Usage
  readonly containers: readonly {readonly name: string; readonly usage: Usage}[]
}

export interface PodUsageOptions {
  /** Undefined: all of them. */
  readonly namespace: string | undefined
  readonly name: string | undefined
  readonly selector: Selector | undefined
  readonly fieldSelector: string | undefined
}

/** Whose processes there are, and what they were seen to use. */
export interface Sample {
  readonly processes: GatewayProcesses
  readonly looks: Looks
}

/** Where the gateway process itself counts. */
const PROXY = 'istio-proxy'

/** The pods that run, of those that are asked for. Throws NotFound for a pod that does not run, as metrics-server does. */
export async function runningPods({namespace, name, selector, fieldSelector}: PodUsageOptions, resources: Resources): Promise<readonly Pod[]> {
  const fields = fieldFilter(podType, {fieldSelector})
  const {items} = await resources.list<Pod>(podType, {namespace})
  const isChosen = (pod: Pod) =>
    (name === undefined || pod.metadata.name === name) && matches(selector ?? [], pod.metadata.labels ?? {}) && (fields === undefined || fields(pod))
  const chosen = items.filter(isChosen)
  const running = chosen.filter(({status}) => status?.phase === 'Running')
  if (name !== undefined && running.length === 0) throw new StatusError('NotFound', `podmetrics.metrics.k8s.io "${namespace ?? ''}/${name}" not found`)
  if (chosen.length > 0 && running.length === 0) throw new UserError('metrics not available yet')
  return running
}

/**
 * What a pod uses, container by container. One that needs no process (a sidecar, a sample pod that idles) uses nothing; that of the ingress gateway's pod is
 * the gateway process with its workers.
 */
export function usageOfPod(pod: Pod, sample: Sample): PodUsage {
  const {namespace = 'default', name} = pod.metadata
  const sidecars = (pod.spec.initContainers ?? []).filter(({restartPolicy}) => restartPolicy === 'Always')
  const containers = [...pod.spec.containers, ...sidecars].map((container) => ({name: container.name, usage: usageOfContainer(pod, container.name, sample)}))
  return {namespace, name, containers, usage: containers.reduce((total, {usage}) => addUsage(total, usage), NO_USAGE)}
}

function usageOfContainer({metadata}: Pod, container: string, {processes, looks}: Sample): Usage {
  const isGateway = metadata.namespace === INGRESS.namespace && metadata.labels?.['istio'] === 'ingressgateway' && container === PROXY
  if (isGateway) return usageOf(gatewayFamily(processes, looks), looks)
  const own = processes.containers.find((one) => one.namespace === metadata.namespace && one.pod === metadata.name && one.container === container)
  return own === undefined ? NO_USAGE : usageOf(familyOf(own.pid, looks.after), looks)
}

/** The gateway process and what it started, but for the pods. */
function gatewayFamily({pid, containers}: GatewayProcesses, {after}: Looks): ReadonlySet<number> {
  const others = containers.flatMap((container) => [...familyOf(container.pid, after)])
  const family = new Set(descendantsOf(pid, after))
  for (const other of others) family.delete(other)
  return family
}

function descendantsOf(pid: number, table: Looks['after']): ReadonlySet<number> {
  const own = new Map([...table].map(([id, facts]) => [id, {...facts, group: 0}])) // its group is the shell's that started it
  return familyOf(pid, own)
}

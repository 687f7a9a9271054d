import type {Pod} from './pod.js'
import {defaultPodSpec} from './default-pod-spec.js'
import {fill, mapField} from './fill.js'
import type {Container, PodSpec, Resources} from './pod-spec.js'

/** A pod with what the API server adds at its creation (kubernetes `SetDefaults_Pod`, the ServiceAccount admission plugin). */
export function defaultPod(pod: Pod): Pod {
  const base = defaultPodSpec(fill(pod.spec ?? {}, pod.spec?.serviceAccount === undefined ? {serviceAccountName: 'default'} : {}))
  const withContainers = eachContainer(base, (container) => withRequests(base.hostNetwork === true ? withHostPorts(container) : container))
  const spec = fill(withContainers, {enableServiceLinks: true})
  return {...pod, spec, status: fill(pod.status ?? {}, {phase: 'Pending', qosClass: qosClass(spec)})}
}

function eachContainer(spec: PodSpec, change: (container: Container) => Container): PodSpec {
  return mapField({...spec, containers: spec.containers.map(change)}, 'initContainers', (containers) => containers.map(change))
}

/** In the host's network a container's port is the host's. */
function withHostPorts(container: Container): Container {
  return mapField(container, 'ports', (ports) => ports.map((port) => fill(port, {hostPort: port.containerPort})))
}

/** A limit without a request is also the request. */
function withRequests(container: Container): Container {
  return mapField(container, 'resources', (resources) =>
    resources.limits === undefined ? resources : {...resources, requests: fill(resources.requests ?? {}, resources.limits)},
  )
}

/** Guaranteed where every container has cpu and memory limits equal to its requests, BestEffort where none asks for either. */
function qosClass({containers, initContainers = []}: PodSpec): string {
  const all = [...containers, ...initContainers].map(({resources = {}}) => resources)
  if (all.every((resources) => amounts(resources).length === 0)) return 'BestEffort'
  return all.every(isGuaranteed) ? 'Guaranteed' : 'Burstable'
}

function amounts({limits = {}, requests = {}}: Resources): readonly string[] {
  return [...Object.keys(limits), ...Object.keys(requests)].filter((name) => name === 'cpu' || name === 'memory')
}

function isGuaranteed({limits = {}, requests = {}}: Resources): boolean {
  return (['cpu', 'memory'] as const).every((name) => limits[name] !== undefined && String(limits[name]) === String(requests[name] ?? limits[name]))
}

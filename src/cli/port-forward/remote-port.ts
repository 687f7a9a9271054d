import type {Pod} from '../../api/kinds/pod.js'
import type {Service} from '../../api/kinds/service.js'
import {UserError} from '../../base/user-error.js'
import type {PortPair} from './ports.js'

/** A port of a pod, and the local one for it; 0 for any free one. */
export interface RemotePort {
  readonly local: number
  readonly remote: number
}

/**
 * The pod's port behind a port or a port's name of the pod, or of the Service that was named. Without a local port it is the one that was named, for a
 * name the port it stands for. Throws a UserError in kubectl's words. Source: kubectl `translateServicePortToTargetPort`, `convertPodNamedPortToNumber`.
 */
export function remotePort(pair: PortPair, pod: Pod, service: Service | undefined): RemotePort {
  if (service === undefined) {
    const remote = typeof pair.remote === 'number' ? pair.remote : containerPort(pod, pair.remote)
    refuseUdp((pod.spec.containers ?? []).flatMap(({ports = []}) => ports.filter((port) => port.containerPort === remote)), remote)
    return {local: pair.local ?? remote, remote}
  }
  const port = typeof pair.remote === 'number' ? pair.remote : numberOf(service, pair.remote)
  refuseUdp((service.spec.ports ?? []).filter((candidate) => candidate.port === port), port)
  return {local: pair.local ?? port, remote: targetOf(service, port, pod)}
}

function numberOf({metadata, spec}: Service, name: string): number {
  const found = spec.ports?.find((port) => port.name === name)
  if (found === undefined) throw new UserError(`Service '${metadata.name}' does not have a named port '${name}'`)
  return found.port
}

function targetOf({metadata, spec}: Service, port: number, pod: Pod): number {
  const found = spec.ports?.find((candidate) => candidate.port === port)
  if (found === undefined) throw new UserError(`Service ${metadata.name} does not have a service port ${port}`)
  if (spec.clusterIP === 'None') return port
  const target = found.targetPort ?? port
  return typeof target === 'number' ? (target === 0 ? port : target) : containerPort(pod, target)
}

function containerPort({metadata, spec}: Pod, name: string): number {
  const found = spec.containers.flatMap(({ports = []}) => ports).find((port) => port.name === name)
  if (found === undefined) throw new UserError(`Pod '${metadata.name}' does not have a named port '${name}'`)
  return found.containerPort
}

/** A port that is only for UDP cannot be forwarded to. */
function refuseUdp(ports: readonly {readonly protocol?: string}[], port: number): void {
  const protocols = ports.map(({protocol}) => protocol ?? 'TCP')
  if (protocols.includes('UDP') && !protocols.includes('TCP')) throw new UserError(`UDP protocol is not supported for ${port}`)
}

import type {Pod} from '../../api/kinds/pod.js'
import type {Service} from '../../api/kinds/service.js'

/** A port of a Service as one pod serves it. */
export interface ResolvedPort {
  readonly name: string
  readonly port: number
  readonly protocol: string
}

/** Annotation on pods where addresses are shared (not on Linux): JSON of container port → the port really listened on. */
export const HOST_PORTS = 'tshift.dev/host-ports'

/**
 * Where a pod serves each port of a Service: targetPort as a number, or by the name of a container port, or the Service's own port.
 * Ports whose name the pod does not have are left out (kubernetes `podutil.FindPort`).
 */
export function resolvePorts(service: Service, pod: Pod): readonly ResolvedPort[] {
  const hostPorts = hostPortsOf(pod)
  return (service.spec?.ports ?? []).flatMap((servicePort) => {
    const protocol = servicePort.protocol ?? 'TCP'
    const target = servicePort.targetPort ?? servicePort.port
    const port = typeof target === 'number' ? target : containerPort(pod, target, protocol)
    return port === undefined ? [] : [{name: servicePort.name ?? '', port: hostPorts[port] ?? port, protocol}]
  })
}

function containerPort(pod: Pod, name: string, protocol: string): number | undefined {
  return pod.spec?.containers.flatMap(({ports = []}) => ports).find((port) => port.name === name && (port.protocol ?? 'TCP') === protocol)?.containerPort
}

function hostPortsOf(pod: Pod): Readonly<Record<number, number>> {
  const text = pod.metadata.annotations?.[HOST_PORTS]
  return text === undefined ? {} : (JSON.parse(text) as Record<number, number>)
}

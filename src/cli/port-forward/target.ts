import type {Pod} from '../../api/kinds/pod.js'
import {serviceType, type Service} from '../../api/kinds/service.js'
import {UserError} from '../../base/user-error.js'
import {HOST_PORTS} from '../../daemon/controllers/service-ports.js'
import {INGRESS} from '../../resources/cluster.js'
import type {Resources} from '../../resources/resources.js'
import {objectNamed, podsBehind} from '../pods/pods-behind.js'
import type {PortPair} from './ports.js'
import {remotePort, type RemotePort} from './remote-port.js'

/** Where a pod's ports are on this machine. */
export interface ForwardTarget {
  readonly pod: Pod
  /** What a pair of ports stands for. Throws a UserError for a port the pod or Service does not have. */
  resolve(pair: PortPair): RemotePort & {readonly host: string; readonly port: number}
}

export interface ForwardTargetOptions {
  /** `POD` or `TYPE/NAME` */
  readonly word: string
  readonly namespace: string
  /** How long a first pod is waited for. */
  readonly timeoutMs: number
}

/** The pod to forward to. The ingress gateway's pod has its ports where the gateway is bound. Throws NotFound, or a UserError where there is no pod. */
export async function forwardTarget({word, namespace, timeoutMs}: ForwardTargetOptions, resources: Resources): Promise<ForwardTarget> {
  const object = await objectNamed(word, namespace, resources)
  const [pod] = await podsBehind(object, resources, {timeoutMs, doing: 'cannot attach to', scheme: 'client'})
  const {podIP = '127.0.0.1'} = pod.status ?? {}
  const service = object.kind === 'Service' ? (object as Service) : undefined
  const host = isIngress(pod) ? await ingressHost(resources) : podIP
  const hostPorts = JSON.parse(pod.metadata.annotations?.[HOST_PORTS] ?? '{}') as Record<number, number>
  return {
    pod,
    resolve(pair) {
      const port = remotePort(pair, pod, service)
      return {...port, host, port: hostPorts[port.remote] ?? port.remote}
    },
  }
}

/** Throws kubectl's UserError where the pod does not run. */
export function requireRunning({status: {phase = 'Pending'} = {}}: Pod): void {
  if (phase !== 'Running') throw new UserError(`unable to forward port because pod is not running. Current status=${phase}`)
}

function isIngress({metadata}: Pod): boolean {
  return metadata.namespace === INGRESS.namespace && metadata.labels?.['istio'] === 'ingressgateway'
}

async function ingressHost(resources: Resources): Promise<string> {
  const service = await resources.get<Service>(serviceType, INGRESS.namespace, INGRESS.name)
  return service.status?.loadBalancer?.ingress?.[0]?.ip ?? '127.0.0.1'
}

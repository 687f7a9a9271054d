import {deploymentType, type Deployment} from '../../api/kinds/deployment.js'
import {podType, type Pod} from '../../api/kinds/pod.js'
import {serviceType, type Service} from '../../api/kinds/service.js'
import {fromLabelSelector, selectorFromMap, type Selector} from '../../api/labels.js'
import {UserError} from '../../base/user-error.js'
import {isReady} from '../../daemon/controllers/pod-readiness.js'
import {HOST_PORTS, resolvePorts} from '../../daemon/controllers/service-ports.js'
import {INGRESS} from '../../resources/cluster.js'
import type {Resources} from '../../resources/resources.js'
import {parseTargets, typeOf} from '../targets.js'

/** Where a pod's ports are on this machine. */
export interface ForwardTarget {
  readonly pod: Pod
  /** The address and port a remote port stands for; throws a UserError for a name the pod or Service does not have. */
  resolve(remote: number | string): {readonly host: string; readonly port: number; readonly shown: number}
}

/**
 * The pod behind `POD`, `pod/x`, `service/x` or `deployment/x`, and its ports. The ingress gateway's pod has its ports where the gateway is bound.
 * Throws NotFound, or a UserError where no pod runs.
 */
export async function forwardTarget(word: string, namespace: string, resources: Resources): Promise<ForwardTarget> {
  const [target] = word.includes('/') ? parseTargets([word]) : [{type: typeOf('pods'), name: word}]
  const {type, name = ''} = target ?? {type: podType}
  switch (type.kind) {
    case 'Pod':
      return podTarget(await resources.get<Pod>(podType, namespace, name), resources)
    case 'Service': {
      const service = await resources.get<Service>(serviceType, namespace, name)
      return podTarget(await readyPod(namespace, selectorFromMap(service.spec?.selector ?? {}), word, resources), resources, service)
    }
    case 'Deployment': {
      const deployment = await resources.get<Deployment>(deploymentType, namespace, name)
      return podTarget(await readyPod(namespace, fromLabelSelector(deployment.spec.selector ?? {}), word, resources), resources)
    }
    default:
      throw new UserError(`cannot forward to a ${type.singular}`, {hint: 'name a pod, a service or a deployment'})
  }
}

async function readyPod(namespace: string, selector: Selector, word: string, resources: Resources): Promise<Pod> {
  const {items} = await resources.list<Pod>(podType, {namespace, selector})
  const pod = items.find(isReady)
  if (pod === undefined) throw new UserError(`no pod of ${word} is ready`, {hint: "see 'tshift get pods'"})
  return pod
}

async function podTarget(pod: Pod, resources: Resources, service?: Service): Promise<ForwardTarget> {
  if (pod.status?.phase !== 'Running') throw new UserError(`unable to forward port because pod is not running. Current status=${pod.status?.phase ?? 'Pending'}`)
  const isIngress = pod.metadata.namespace === INGRESS.namespace && pod.metadata.labels?.['istio'] === 'ingressgateway'
  const host = isIngress ? await ingressHost(resources) : (pod.status.podIP ?? '127.0.0.1')
  const hostPorts = JSON.parse(pod.metadata.annotations?.[HOST_PORTS] ?? '{}') as Record<number, number>
  return {
    pod,
    resolve(remote) {
      const shown = typeof remote === 'string' ? namedPort(pod, remote, service) : (servicePort(pod, remote, service) ?? remote)
      return {host, port: hostPorts[shown] ?? shown, shown}
    },
  }
}

async function ingressHost(resources: Resources): Promise<string> {
  const service = await resources.get<Service>(serviceType, INGRESS.namespace, INGRESS.name)
  return service.status?.loadBalancer?.ingress?.[0]?.ip ?? '127.0.0.1'
}

function servicePort(pod: Pod, port: number, service: Service | undefined): number | undefined {
  if (service === undefined) return undefined
  const wanted = service.spec?.ports?.find((candidate) => candidate.port === port)
  if (wanted === undefined) throw new UserError(`Service ${service.metadata.name} does not have a service port ${port}`)
  return resolvePorts({...service, spec: {...service.spec, ports: [wanted]}} as Service, pod)[0]?.port
}

function namedPort(pod: Pod, name: string, service: Service | undefined): number {
  const ofService = service?.spec?.ports?.find((port) => port.name === name)
  const port = ofService === undefined ? pod.spec?.containers.flatMap(({ports = []}) => ports).find((one) => one.name === name)?.containerPort : servicePort(pod, ofService.port, service)
  if (port === undefined) throw new UserError(`Pod '${pod.metadata.name}' does not have a named port '${name}'`)
  return port
}

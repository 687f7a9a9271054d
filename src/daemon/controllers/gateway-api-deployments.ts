import {isDeepStrictEqual} from 'node:util'
import type {Deployment} from '../../api/kinds/deployment.js'
import type {Service} from '../../api/kinds/service.js'
import {objectKey, type KubeObject, type ObjectMeta} from '../../api/object.js'
import {INGRESS} from '../../resources/cluster.js'
import type {GatewayOutcome} from '../../routing/gateway-api/convert-gateway-api.js'
import {isManaged} from '../../routing/gateway-api/gateway-class.js'
import {portsOf} from '../../routing/gateway-api/shared-ports.js'
import type {Action} from '../action.js'
import type {World} from '../world.js'
import {gatewayObjects, MANAGED_LABEL, requestedAddress} from './gateway-api-objects.js'

/**
 * A ServiceAccount, a Deployment and a Service for each managed Gateway, and the address the Service is given. They belong to the Gateway and
 * go with it. Source: istio deploymentcontroller.go.
 */
export function planGatewayDeployments(outcomes: readonly GatewayOutcome[], world: World): readonly Action[] {
  const managed = outcomes.filter(({gateway, role}) => role === 'programmed' && isManaged(gateway) && gateway.metadata.deletionTimestamp === undefined)
  return managed.flatMap((outcome) => planGateway(outcome, world))
}

function planGateway(outcome: GatewayOutcome, world: World): readonly Action[] {
  const {service, deployment, serviceAccount} = gatewayObjects(outcome.gateway)
  const live = find(world.services, service)
  return [
    ...(serviceAccount === undefined || find(world.serviceAccounts, serviceAccount) !== undefined ? [] : [create(serviceAccount)]),
    ...planObject(deployment, find(world.deployments, deployment), mergeDeployment),
    ...planObject(service, live, mergeService),
    ...(live === undefined ? [] : planAddress(outcome, live, world)),
  ]
}

function find<T extends KubeObject>(objects: readonly T[], wanted: KubeObject): T | undefined {
  return objects.find((object) => objectKey(object) === objectKey(wanted))
}

function create(object: KubeObject): Action {
  return {type: 'create', object}
}

function planObject<T extends KubeObject>(wanted: T, live: T | undefined, merge: (live: T, wanted: T) => T): readonly Action[] {
  if (live === undefined) return [create(wanted)]
  if (live.metadata.labels?.[MANAGED_LABEL] === undefined || live.metadata.deletionTimestamp !== undefined) return []
  const object = merge(live, wanted)
  return isDeepStrictEqual(object, live) ? [] : [{type: 'update', object}]
}

/** What was added by others stays, as with a server-side apply. */
function mergeMetadata(live: ObjectMeta, wanted: ObjectMeta): ObjectMeta {
  const annotations = {...live.annotations, ...wanted.annotations}
  return {...live, labels: {...live.labels, ...wanted.labels}, ...(Object.keys(annotations).length > 0 && {annotations})}
}

function mergeService(live: Service, wanted: Service): Service {
  const oldPort = ({port, protocol}: {port: number; protocol?: string}) => live.spec.ports?.find((old) => old.port === port && old.protocol === protocol)
  const ports = (wanted.spec.ports ?? []).map((port) => ({...oldPort(port), ...port}))
  const {clusterIP: _, ...spec} = wanted.spec
  return {...live, metadata: mergeMetadata(live.metadata, wanted.metadata), spec: {...live.spec, ...spec, ports}}
}

function mergeDeployment(live: Deployment, wanted: Deployment): Deployment {
  const [metadata, template] = [live.spec.template.metadata, wanted.spec.template.metadata]
  const labels = {...metadata?.labels, ...template?.labels}
  const annotations = {...metadata?.annotations, ...template?.annotations}
  return {
    ...live,
    metadata: mergeMetadata(live.metadata, wanted.metadata),
    spec: {...live.spec, template: {...live.spec.template, metadata: {...metadata, labels, annotations}}},
  }
}

/** What a cloud's load balancer would do: the address all gateways share, where every port is free there, or else the Service's own. */
function planAddress({gateway, sharedPorts}: GatewayOutcome, service: Service, world: World): readonly Action[] {
  if (service.spec.type !== 'LoadBalancer' || service.metadata.labels?.[MANAGED_LABEL] === undefined) return []
  const own = service.spec.clusterIP ?? ''
  const address = portsOf(gateway).every((port) => sharedPorts.has(port)) ? sharedAddress(world) : own
  const requested = requestedAddress(gateway) ?? address
  const ip = requested === own ? own : address
  const loadBalancer = ip === '' || requested !== ip ? {} : {ingress: [{ip, ipMode: 'VIP'}]}
  if (isDeepStrictEqual(service.status?.loadBalancer ?? {}, loadBalancer)) return []
  const object: Service = {...service, status: {...service.status, loadBalancer}}
  return [{type: 'status', object}]
}

/** Where the ingress gateway can be reached, which the others share. */
function sharedAddress({services}: World): string {
  const ingress = services.find(({metadata}) => metadata.namespace === INGRESS.namespace && metadata.name === INGRESS.name)
  return ingress?.status?.loadBalancer?.ingress?.[0]?.ip ?? '127.0.0.1'
}

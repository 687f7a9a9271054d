import {UserError} from '../base/user-error.js'
import {configMapType} from './kinds/config-map.js'
import {controllerRevisionType} from './kinds/controller-revision.js'
import {daemonSetType} from './kinds/daemon-set.js'
import {deploymentType} from './kinds/deployment.js'
import {destinationRuleType} from './kinds/destination-rule.js'
import {endpointSliceType} from './kinds/endpoint-slice.js'
import {endpointsType} from './kinds/endpoints.js'
import {eventType} from './kinds/event.js'
import {gatewayClassType} from './kinds/gateway-class.js'
import {gatewayType} from './kinds/gateway.js'
import {customResourceDefinitionType} from './kinds/foreign/custom-resource-definition.js'
import {foreignGatewayApiTypes} from './kinds/foreign/gateway-api.js'
import {foreignIstioTypes} from './kinds/foreign/istio.js'
import {foreignKubernetesTypes} from './kinds/foreign/kubernetes.js'
import {jobType} from './kinds/job.js'
import {k8sGatewayType} from './kinds/k8s-gateway.js'
import {namespaceType} from './kinds/namespace.js'
import {nodeType} from './kinds/node.js'
import {peerAuthenticationType} from './kinds/peer-authentication.js'
import {persistentVolumeClaimType} from './kinds/persistent-volume-claim.js'
import {podType} from './kinds/pod.js'
import {referenceGrantType} from './kinds/reference-grant.js'
import {replicaSetType} from './kinds/replica-set.js'
import {secretType} from './kinds/secret.js'
import {serviceAccountType} from './kinds/service-account.js'
import {serviceEntryType} from './kinds/service-entry.js'
import {serviceType} from './kinds/service.js'
import {sidecarType} from './kinds/sidecar.js'
import {statefulSetType} from './kinds/stateful-set.js'
import {tcpRouteType} from './kinds/tcp-route.js'
import {tlsRouteType} from './kinds/tls-route.js'
import {virtualServiceType} from './kinds/virtual-service.js'
import {workloadEntryType} from './kinds/workload-entry.js'
import {workloadGroupType} from './kinds/workload-group.js'
import type {KubeObject} from './object.js'
import type {ResourceType} from './resource-type.js'

/**
 * Every type that means something here, in the order `api-resources` lists them. A spelling that fits several means the first: `gateway` the Gateway API's,
 * as with kubectl where both are installed; Istio's is `gw` or `gateways.networking.istio.io`.
 */
export const types: readonly ResourceType[] = [
  configMapType,
  endpointsType,
  eventType,
  namespaceType,
  nodeType,
  persistentVolumeClaimType,
  podType,
  secretType,
  serviceAccountType,
  serviceType,
  controllerRevisionType,
  daemonSetType,
  deploymentType,
  replicaSetType,
  statefulSetType,
  jobType,
  endpointSliceType,
  gatewayClassType,
  k8sGatewayType,
  referenceGrantType,
  tcpRouteType,
  tlsRouteType,
  destinationRuleType,
  gatewayType,
  serviceEntryType,
  sidecarType,
  virtualServiceType,
  workloadEntryType,
  workloadGroupType,
  peerAuthenticationType,
]

/** Types whose objects are kept for their users: stored, and given back as they are. */
export const foreignTypes: readonly ResourceType[] = [
  customResourceDefinitionType,
  ...foreignKubernetesTypes,
  ...foreignGatewayApiTypes,
  ...foreignIstioTypes,
]

/** Every type there is without the kinds that users define themselves: see `Resources.types`. */
export const knownTypes: readonly ResourceType[] = [...types, ...foreignTypes]

/** The order kubectl prints `all` in. */
const ALL = [
  'Pod',
  'ReplicationController',
  'Service',
  'DaemonSet',
  'Deployment',
  'ReplicaSet',
  'StatefulSet',
  'HorizontalPodAutoscaler',
  'CronJob',
  'Job',
]

/** The type a manifest means: exact kind, in any version that is served. */
export function findByKind(group: string, version: string, kind: string, among: readonly ResourceType[] = knownTypes): ResourceType | undefined {
  return among.find((type) => type.kind === kind && type.served.some((served) => served.group === group && served.version === version))
}

/** The type of an object that is known to have one. Throws a UserError in kubectl's words otherwise. */
export function typeFor({apiVersion, kind}: Pick<KubeObject, 'apiVersion' | 'kind'>, among: readonly ResourceType[] = knownTypes): ResourceType {
  const slash = apiVersion.indexOf('/')
  const type = findByKind(apiVersion.slice(0, Math.max(slash, 0)), apiVersion.slice(slash + 1), kind, among)
  if (type === undefined) throw new UserError(`no matches for kind "${kind}" in version "${apiVersion}"`, {hint: 'ensure CRDs are installed first'})
  return type
}

/**
 * The type a word on the command line means: plural, singular, short name or kind in any case, alone or followed by `.group` or
 * `.version.group` (`deploy`, `Deployment`, `deployments.apps`, `deployments.v1.apps`).
 */
export function findResource(spelling: string, among: readonly ResourceType[] = knownTypes): ResourceType | undefined {
  const [name = '', ...qualifiers] = spelling.toLowerCase().split('.')
  const qualifier = qualifiers.join('.')
  return among.find((type) => isCalled(type, name) && (qualifier === '' || type.served.some((served) => fits(served, qualifier))))
}

function isCalled({plural, singular, kind, shortNames}: ResourceType, name: string): boolean {
  return plural === name || singular === name || kind.toLowerCase() === name || shortNames.includes(name)
}

function fits({group, version}: ResourceType['served'][number], qualifier: string): boolean {
  return qualifier === group || qualifier === `${version}.${group}` || (group === '' && qualifier === `${version}.`)
}

/** The types of a category (`all`, `istio-io`); none where there is no such category. */
export function typesInCategory(category: string, among: readonly ResourceType[] = knownTypes): readonly ResourceType[] {
  const found = among.filter(({categories}) => categories.includes(category))
  return category === 'all' ? [...found].sort((a, b) => ALL.indexOf(a.kind) - ALL.indexOf(b.kind)) : found
}

const KUBERNETES = {
  'v1': ['ConfigMap', 'Endpoints', 'Event', 'Namespace', 'Node', 'PersistentVolumeClaim', 'Pod', 'Secret', 'Service', 'ServiceAccount'],
  'apps/v1': ['ControllerRevision', 'DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet'],
  'batch/v1': ['Job'],
  'discovery.k8s.io/v1': ['EndpointSlice'],
}
const ISTIO = {
  networking: ['DestinationRule', 'Gateway', 'ServiceEntry', 'Sidecar', 'VirtualService', 'WorkloadEntry', 'WorkloadGroup'],
  security: ['PeerAuthentication'],
}
/** One schema serves every version of a kind that does not differ: the newest one in the package. */
const GATEWAY_API = {
  GatewayClass: 'v1/GatewayClass',
  K8sGateway: 'v1/Gateway',
  TCPRoute: 'v1alpha2/TCPRoute',
  TLSRoute: 'v1/TLSRoute',
  OldTLSRoute: 'v1alpha2/TLSRoute',
  ReferenceGrant: 'v1/ReferenceGrant',
}

/** The kinds to generate and where they are declared; `schema` names the validator of Istio's, `name` tells kinds of one name apart. */
export const KINDS = [
  ...Object.entries(KUBERNETES).flatMap(([folder, kinds]) => kinds.map((kind) => ({kind, file: `kubernetes-models/${folder}/${kind}.d.ts`}))),
  ...Object.entries(ISTIO).flatMap(([group, kinds]) =>
    kinds.map((kind) => ({
      kind,
      file: `@kubernetes-models/istio/${group}.istio.io/v1/${kind}.d.ts`,
      schema: `${group[0].toUpperCase()}${group.slice(1)}IstioIoV1${kind}`,
    })),
  ),
  ...Object.entries(GATEWAY_API).map(([name, place]) => ({
    name,
    kind: place.slice(place.indexOf('/') + 1),
    file: `@kubernetes-models/gateway-api/gateway.networking.k8s.io/${place}.d.ts`,
  })),
]

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?'
const SUBDOMAIN = `${LABEL}(\\.${LABEL})*`

/** The Gateway API's named types, in the notation of generated.json. Source: gateway-api apis/v1/{shared,gateway}_types.go. */
export const GATEWAY_SCALARS = {
  AddressType: `string(1..253)/^Hostname|IPAddress|NamedAddress|${SUBDOMAIN}\\/[A-Za-z0-9\\/\\-._~%!$&'()*+,;=:]+$/`,
  AnnotationValue: 'string(0..4096)',
  FeatureName: 'string',
  FrontendValidationModeType: '=AllowValidOnly|AllowInsecureFallback',
  GatewayController: `string(1..253)/^${SUBDOMAIN}\\/[A-Za-z0-9\\/\\-._~%!$&'()*+,;=:]+$/`,
  Group: `string(..253)/^$|^${SUBDOMAIN}$/`,
  Hostname: `string(1..253)/^(\\*\\.)?${SUBDOMAIN}$/`,
  Kind: 'string(1..63)/^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$/',
  LabelValue: 'string(0..63)/^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/',
  Namespace: `string(1..63)/^${LABEL}$/`,
  ObjectName: 'string(1..253)',
  PortNumber: 'int32(1..65535)',
  ProtocolType: `string(1..255)/^[a-zA-Z0-9]([-a-zA-Z0-9]*[a-zA-Z0-9])?$|${SUBDOMAIN}\\/[A-Za-z0-9]+$/`,
  SectionName: `string(1..253)/^${SUBDOMAIN}$/`,
  TLSModeType: '=Terminate|Passthrough',
}

/** Fields of Gateway API structs: the limits of lists and maps, and what other fields are if their declared type does not tell. */
export const GATEWAY_FIELDS = {
  'CommonRouteSpec.parentRefs': '..32',
  'FrontendTLSConfig.perPort': '..64',
  'FrontendTLSValidation.caCertificateRefs': '1..8',
  'GatewayInfrastructure.annotations': '..16',
  'GatewayInfrastructure.labels': '..8',
  'GatewaySpec.addresses': '..16',
  'GatewaySpec.listeners': '1..64',
  'GatewayStatus.addresses': '..16',
  'GatewayStatus.conditions': '..8',
  'GatewayStatus.listeners': '..64',
  'GatewayClassSpec.description': 'string(..64)',
  'GatewayClassStatus.conditions': '..8',
  'GatewayClassStatus.supportedFeatures': '..64',
  'ListenerNamespaces.from': '=All|Selector|Same|None',
  'ListenerStatus.conditions': '..8',
  'ListenerStatus.supportedKinds': '..8',
  'ListenerTLSConfig.certificateRefs': '..64',
  'ListenerTLSConfig.options': '..16',
  'AllowedRoutes.kinds': '..8',
  'ReferenceGrantSpec.from': '1..16',
  'ReferenceGrantSpec.to': '1..16',
  'RouteNamespaces.from': '=All|Selector|Same',
  'RouteParentStatus.conditions': '1..8',
  'RouteStatus.parents': '..32',
  'TCPRouteRule.backendRefs': '1..16',
  'TCPRouteSpec.parentRefs': '..32',
  'TCPRouteSpec.rules': '1..1',
  'TLSRouteRule.backendRefs': '1..16',
  'TLSRouteSpec.hostnames': '1..1024',
  'TLSRouteSpec.parentRefs': '..32',
  'TLSRouteSpec.rules': '1..1',
}

const WAITING = {status: 'Unknown', reason: 'Pending', message: 'Waiting for controller', lastTransitionTime: '1970-01-01T00:00:00Z'}
const GATEWAY_CONDITIONS = [
  {type: 'Accepted', ...WAITING},
  {type: 'Programmed', ...WAITING},
]
const CLASS_CONDITIONS = [{type: 'Accepted', ...WAITING}]

/** What the Gateway API's CRDs fill in, by Go struct. */
export const DEFAULTS = {
  AllowedListeners: {namespaces: {from: 'None'}},
  AllowedRoutes: {namespaces: {from: 'Same'}},
  BackendRef: {group: '', kind: 'Service', weight: 1},
  FrontendTLSValidation: {mode: 'AllowValidOnly'},
  Gateway: {status: {conditions: GATEWAY_CONDITIONS}},
  GatewayClass: {status: {conditions: CLASS_CONDITIONS}},
  GatewayClassStatus: {conditions: CLASS_CONDITIONS},
  GatewaySpecAddress: {type: 'IPAddress'},
  GatewayStatus: {conditions: GATEWAY_CONDITIONS},
  GatewayStatusAddress: {type: 'IPAddress'},
  Listener: {allowedRoutes: {namespaces: {from: 'Same'}}},
  ListenerNamespaces: {from: 'None'},
  ListenerTLSConfig: {mode: 'Terminate'},
  ParentReference: {group: 'gateway.networking.k8s.io', kind: 'Gateway'},
  RouteGroupKind: {group: 'gateway.networking.k8s.io'},
  RouteNamespaces: {from: 'Same'},
  SecretObjectReference: {group: '', kind: 'Secret'},
}

/** Fields that newer CRDs of Istio have, by the name or the whole path of the field they are in. */
export const ADDED = {loadBalancer: {zoneAwareLbSetting: 'any'}, 'ServiceEntry.status': {addresses: '[]{}string'}}

/** Fields of the experimental channel, which Istio does not install. */
export const OMITTED = ['GatewaySpec.defaultScope', 'TCPRouteSpec.useDefaultGateways', 'TLSRouteSpec.useDefaultGateways']

/** Fields whose Go type is a named string: the API server's decoding errors name it. */
export const GO_STRINGS = {
  'Container.imagePullPolicy': 'v1.PullPolicy',
  'Container.terminationMessagePolicy': 'v1.TerminationMessagePolicy',
  'ContainerPort.protocol': 'v1.Protocol',
  'DaemonSetUpdateStrategy.type': 'v1.DaemonSetUpdateStrategyType',
  'DeploymentStrategy.type': 'v1.DeploymentStrategyType',
  'EndpointPort.protocol': 'v1.Protocol',
  'EndpointSlice.addressType': 'v1.AddressType',
  'HTTPGetAction.scheme': 'v1.URIScheme',
  'JobSpec.completionMode': 'v1.CompletionMode',
  'JobSpec.podReplacementPolicy': 'v1.PodReplacementPolicy',
  'LabelSelectorRequirement.operator': 'v1.LabelSelectorOperator',
  'NamespaceStatus.phase': 'v1.NamespacePhase',
  'ObjectMeta.uid': 'types.UID',
  'ObjectReference.uid': 'types.UID',
  'OwnerReference.uid': 'types.UID',
  'PodSpec.dnsPolicy': 'v1.DNSPolicy',
  'PodSpec.restartPolicy': 'v1.RestartPolicy',
  'PodStatus.phase': 'v1.PodPhase',
  'Secret.type': 'v1.SecretType',
  'ServicePort.protocol': 'v1.Protocol',
  'ServiceSpec.externalTrafficPolicy': 'v1.ServiceExternalTrafficPolicy',
  'ServiceSpec.internalTrafficPolicy': 'v1.ServiceInternalTrafficPolicy',
  'ServiceSpec.ipFamilyPolicy': 'v1.IPFamilyPolicy',
  'ServiceSpec.sessionAffinity': 'v1.ServiceAffinity',
  'ServiceSpec.type': 'v1.ServiceType',
  'StatefulSetSpec.podManagementPolicy': 'v1.PodManagementPolicyType',
  'StatefulSetUpdateStrategy.type': 'v1.StatefulSetUpdateStrategyType',
  'Taint.effect': 'v1.TaintEffect',
  'Toleration.effect': 'v1.TaintEffect',
  'Toleration.operator': 'v1.TolerationOperator',
}

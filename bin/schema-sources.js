const KUBERNETES = {
  'v1': ['ConfigMap', 'Endpoints', 'Event', 'Namespace', 'Node', 'Pod', 'Secret', 'Service', 'ServiceAccount'],
  'apps/v1': ['Deployment', 'ReplicaSet'],
  'discovery.k8s.io/v1': ['EndpointSlice'],
}
const ISTIO = ['DestinationRule', 'Gateway', 'VirtualService']

/** The kinds to generate and where they are declared; `schema` names the validator of the custom ones. */
export const KINDS = [
  ...Object.entries(KUBERNETES).flatMap(([folder, kinds]) => kinds.map((kind) => ({kind, file: `kubernetes-models/${folder}/${kind}.d.ts`}))),
  ...ISTIO.map((kind) => ({
    kind,
    file: `@kubernetes-models/istio/networking.istio.io/v1/${kind}.d.ts`,
    schema: `NetworkingIstioIoV1${kind}`,
  })),
]

/** Fields whose Go type is a named string: the API server's decoding errors name it. */
export const GO_STRINGS = {
  'Container.imagePullPolicy': 'v1.PullPolicy',
  'Container.terminationMessagePolicy': 'v1.TerminationMessagePolicy',
  'ContainerPort.protocol': 'v1.Protocol',
  'DeploymentStrategy.type': 'v1.DeploymentStrategyType',
  'EndpointPort.protocol': 'v1.Protocol',
  'EndpointSlice.addressType': 'v1.AddressType',
  'HTTPGetAction.scheme': 'v1.URIScheme',
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
  'Taint.effect': 'v1.TaintEffect',
  'Toleration.effect': 'v1.TaintEffect',
  'Toleration.operator': 'v1.TolerationOperator',
}

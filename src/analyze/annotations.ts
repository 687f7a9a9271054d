/** An annotation Istio knows. */
export interface Annotation {
  /** The kinds it may be on; `Any` is every one. */
  readonly kinds: readonly string[]
  readonly isDeprecated?: true
}

const POD: Annotation = {kinds: ['Pod']}
const OLD_POD: Annotation = {kinds: ['Pod'], isDeprecated: true}
const GATEWAY: Annotation = {kinds: ['Gateway']}
const WORKLOAD_ENTRY: Annotation = {kinds: ['WorkloadEntry']}
const ANY: Annotation = {kinds: ['Any']}

/** By name. Source: istio api annotation/annotations.yaml. */
export const annotations: Readonly<Record<string, Annotation>> = {
  'alpha.istio.io/canonical-serviceaccounts': {kinds: ['Service'], isDeprecated: true},
  'alpha.istio.io/kubernetes-serviceaccounts': {kinds: ['Service'], isDeprecated: true},
  'ambient.istio.io/bypass-inbound-capture': POD,
  'ambient.istio.io/dns-capture': POD,
  'ambient.istio.io/redirection': POD,
  'ambient.istio.io/waypoint-inbound-binding': {kinds: ['GatewayClass', 'Gateway']},
  'galley.istio.io/analyze-suppress': ANY,
  'gateway.istio.io/controller-version': ANY,
  'gateway.istio.io/name-override': GATEWAY,
  'gateway.istio.io/service-account': GATEWAY,
  'inject.istio.io/templates': POD,
  'istio.io/autoRegistrationGroup': WORKLOAD_ENTRY,
  'istio.io/connectedAt': WORKLOAD_ENTRY,
  'istio.io/disconnectedAt': WORKLOAD_ENTRY,
  'istio.io/dry-run': {kinds: ['AuthorizationPolicy']},
  'istio.io/rev': POD,
  'istio.io/workloadController': WORKLOAD_ENTRY,
  'kubernetes.io/ingress.class': {kinds: ['Ingress']},
  'networking.istio.io/exportTo': {kinds: ['Service']},
  'networking.istio.io/service-type': GATEWAY,
  'networking.istio.io/traffic-distribution': {kinds: ['Service', 'ServiceEntry']},
  'prometheus.istio.io/merge-metrics': POD,
  'proxy.istio.io/config': POD,
  'proxy.istio.io/overrides': POD,
  'readiness.status.sidecar.istio.io/applicationPorts': POD,
  'readiness.status.sidecar.istio.io/failureThreshold': POD,
  'readiness.status.sidecar.istio.io/initialDelaySeconds': POD,
  'readiness.status.sidecar.istio.io/periodSeconds': POD,
  'sidecar.istio.io/agentLogLevel': POD,
  'sidecar.istio.io/bootstrapOverride': POD,
  'sidecar.istio.io/componentLogLevel': POD,
  'sidecar.istio.io/discoveryAddress': OLD_POD,
  'sidecar.istio.io/enableCoreDump': POD,
  'sidecar.istio.io/extraStatTags': OLD_POD,
  'sidecar.istio.io/inject': OLD_POD,
  'sidecar.istio.io/interceptionMode': POD,
  'sidecar.istio.io/logLevel': POD,
  'sidecar.istio.io/nativeSidecar': POD,
  'sidecar.istio.io/proxyCPU': POD,
  'sidecar.istio.io/proxyCPULimit': POD,
  'sidecar.istio.io/proxyImage': POD,
  'sidecar.istio.io/proxyImageType': POD,
  'sidecar.istio.io/proxyMemory': POD,
  'sidecar.istio.io/proxyMemoryLimit': POD,
  'sidecar.istio.io/rewriteAppHTTPProbers': POD,
  'sidecar.istio.io/statsCompression': POD,
  'sidecar.istio.io/statsHistogramBuckets': POD,
  'sidecar.istio.io/statsInclusionPrefixes': OLD_POD,
  'sidecar.istio.io/statsInclusionRegexps': OLD_POD,
  'sidecar.istio.io/statsInclusionSuffixes': OLD_POD,
  'sidecar.istio.io/status': POD,
  'sidecar.istio.io/userVolume': POD,
  'sidecar.istio.io/userVolumeMount': POD,
  'status.sidecar.istio.io/port': POD,
  'topology.istio.io/controlPlaneClusters': {kinds: ['Namespace']},
  'traffic.istio.io/nodeSelector': {kinds: ['Service']},
  'traffic.sidecar.istio.io/excludeInboundPorts': POD,
  'traffic.sidecar.istio.io/excludeInterfaces': POD,
  'traffic.sidecar.istio.io/excludeOutboundIPRanges': POD,
  'traffic.sidecar.istio.io/excludeOutboundPorts': POD,
  'traffic.sidecar.istio.io/includeInboundPorts': POD,
  'traffic.sidecar.istio.io/includeOutboundIPRanges': POD,
  'traffic.sidecar.istio.io/includeOutboundPorts': POD,
  'traffic.sidecar.istio.io/kubevirtInterfaces': POD,
}

/** The protobuf messages Istio's objects are made of, where a decoding error may name one: for each message, those of its fields. */
const FIELDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  VirtualService: {http: 'HTTPRoute', tls: 'TLSRoute', tcp: 'TCPRoute'},
  HTTPRoute: {
    match: 'HTTPMatchRequest',
    route: 'HTTPRouteDestination',
    redirect: 'HTTPRedirect',
    rewrite: 'HTTPRewrite',
    retries: 'HTTPRetry',
    mirror: 'Destination',
  },
  HTTPRouteDestination: {destination: 'Destination'},
  TCPRoute: {match: 'L4MatchAttributes', route: 'RouteDestination'},
  TLSRoute: {match: 'TLSMatchAttributes', route: 'RouteDestination'},
  RouteDestination: {destination: 'Destination'},
  Destination: {port: 'PortSelector'},
  Gateway: {servers: 'Server'},
  Server: {port: 'Port', tls: 'ServerTLSSettings'},
  ServerTLSSettings: {tlsCertificates: 'ServerTLSSettings_TLSCertificate'},
  DestinationRule: {trafficPolicy: 'TrafficPolicy', subsets: 'Subset', workloadSelector: 'WorkloadSelector'},
  Subset: {trafficPolicy: 'TrafficPolicy'},
  TrafficPolicy: {
    connectionPool: 'ConnectionPoolSettings',
    loadBalancer: 'LoadBalancerSettings',
    outlierDetection: 'OutlierDetection',
    tls: 'ClientTLSSettings',
    portLevelSettings: 'TrafficPolicy_PortTrafficPolicy',
    tunnel: 'TrafficPolicy_TunnelSettings',
    proxyProtocol: 'TrafficPolicy_ProxyProtocol',
  },
  TrafficPolicy_PortTrafficPolicy: {
    port: 'PortSelector',
    connectionPool: 'ConnectionPoolSettings',
    loadBalancer: 'LoadBalancerSettings',
    outlierDetection: 'OutlierDetection',
    tls: 'ClientTLSSettings',
  },
  ConnectionPoolSettings: {tcp: 'ConnectionPoolSettings_TCPSettings', http: 'ConnectionPoolSettings_HTTPSettings'},
  ConnectionPoolSettings_TCPSettings: {tcpKeepalive: 'ConnectionPoolSettings_TCPSettings_TcpKeepalive'},
  LoadBalancerSettings: {
    consistentHash: 'LoadBalancerSettings_ConsistentHashLB',
    localityLbSetting: 'LocalityLoadBalancerSetting',
    warmup: 'WarmupConfiguration',
  },
  LoadBalancerSettings_ConsistentHashLB: {
    httpCookie: 'LoadBalancerSettings_ConsistentHashLB_HTTPCookie',
    ringHash: 'LoadBalancerSettings_ConsistentHashLB_RingHash',
    maglev: 'LoadBalancerSettings_ConsistentHashLB_MagLev',
  },
  LocalityLoadBalancerSetting: {distribute: 'LocalityLoadBalancerSetting_Distribute', failover: 'LocalityLoadBalancerSetting_Failover'},
  ServiceEntry: {ports: 'ServicePort', endpoints: 'WorkloadEntry', workloadSelector: 'WorkloadSelector'},
  WorkloadGroup: {metadata: 'WorkloadGroup_ObjectMeta', template: 'WorkloadEntry', probe: 'ReadinessProbe'},
  Sidecar: {
    workloadSelector: 'WorkloadSelector',
    ingress: 'IstioIngressListener',
    egress: 'IstioEgressListener',
    outboundTrafficPolicy: 'OutboundTrafficPolicy',
    inboundConnectionPool: 'ConnectionPoolSettings',
  },
  IstioIngressListener: {port: 'SidecarPort', tls: 'ServerTLSSettings', connectionPool: 'ConnectionPoolSettings'},
  IstioEgressListener: {port: 'SidecarPort'},
  OutboundTrafficPolicy: {egressProxy: 'Destination'},
  PeerAuthentication: {selector: 'WorkloadSelector', mtls: 'PeerAuthentication_MutualTLS'},
}

/** The message at a place in a spec: `tcp[0].route[1]` of a VirtualService is a RouteDestination. A place nobody knows is the kind itself. */
export function protoMessage(kind: string, place: string): string {
  const fields = place === '' ? [] : place.split('.').map((field) => field.replace(/\[\d+\]$/, ''))
  return fields.reduce<string | undefined>((message, field) => (message === undefined ? undefined : FIELDS[message]?.[field]), kind) ?? kind
}

import type {Level} from './finding.js'

interface MessageType {
  readonly name: string
  readonly level: Level
  /** For Go's Sprintf, see `formatGo`. */
  readonly template: string
}

/**
 * Every message there is, by code. The IST ones are Istio's, level and text included (istio pkg/config/analysis/msg/messages.yaml); codes of
 * ours begin with TSHIFT, which Istio will not use. A code that is retired is never given to something else.
 */
export const messages = {
  IST0001: {name: 'InternalError', level: 'Error', template: 'Internal error: %v'},
  IST0101: {name: 'ReferencedResourceNotFound', level: 'Error', template: 'Referenced %s not found: %q'},
  IST0102: {
    name: 'NamespaceNotInjected',
    level: 'Info',
    template:
      "The namespace is not enabled for Istio injection. Run 'kubectl label namespace %s istio-injection=enabled' to enable it, " +
      "or 'kubectl label namespace %s istio-injection=disabled' to explicitly mark it as not needing injection.",
  },
  IST0103: {
    name: 'PodMissingProxy',
    level: 'Warning',
    template: 'The pod %s is missing the Istio proxy. This can often be resolved by restarting or redeploying the workload.',
  },
  IST0106: {name: 'SchemaValidationError', level: 'Error', template: 'Schema validation error: %v'},
  IST0107: {name: 'MisplacedAnnotation', level: 'Warning', template: 'Misplaced annotation: %s can only be applied to %s'},
  IST0108: {name: 'UnknownAnnotation', level: 'Warning', template: 'Unknown annotation: %s'},
  IST0109: {
    name: 'ConflictingMeshGatewayVirtualServiceHosts',
    level: 'Error',
    template:
      'The VirtualServices %s associated with mesh gateway define the same host %s which can lead to undefined behavior. ' +
      'This can be fixed by merging the conflicting VirtualServices into a single resource.',
  },
  IST0112: {
    name: 'VirtualServiceDestinationPortSelectorRequired',
    level: 'Error',
    template: 'This VirtualService routes to a service %q that exposes multiple ports %v. Specifying a port in the destination is required to disambiguate.',
  },
  IST0116: {
    name: 'DeploymentAssociatedToMultipleServices',
    level: 'Warning',
    template: 'This deployment %s is associated with multiple services using port %d but different protocols: %v',
  },
  IST0118: {
    name: 'PortNameIsNotUnderNamingConvention',
    level: 'Info',
    template: "Port name %s (port: %d, targetPort: %s) doesn't follow the naming convention of Istio port.",
  },
  IST0123: {
    name: 'NamespaceMultipleInjectionLabels',
    level: 'Warning',
    template: 'The namespace has more than one type of injection labels %v, which may lead to undefined behavior. Make sure only one injection label exists.',
  },
  IST0125: {name: 'InvalidAnnotation', level: 'Warning', template: 'Invalid annotation %s: %s'},
  IST0128: {
    name: 'NoServerCertificateVerificationDestinationLevel',
    level: 'Warning',
    template: 'DestinationRule %s in namespace %s has TLS mode set to %s but no caCertificates are set to validate server identity for host: %s',
  },
  IST0129: {
    name: 'NoServerCertificateVerificationPortLevel',
    level: 'Warning',
    template: 'DestinationRule %s in namespace %s has TLS mode set to %s but no caCertificates are set to validate server identity for host: %s at port %s',
  },
  IST0130: {name: 'VirtualServiceUnreachableRule', level: 'Warning', template: 'VirtualService rule %v not used (%s).'},
  IST0131: {
    name: 'VirtualServiceIneffectiveMatch',
    level: 'Info',
    template: 'VirtualService rule %v match %v is not used (duplicate/overlapping match in rule %v).',
  },
  IST0132: {
    name: 'VirtualServiceHostNotFoundInGateway',
    level: 'Warning',
    template: 'one or more host %v defined in VirtualService %s not found in Gateway %s.',
  },
  IST0133: {name: 'SchemaWarning', level: 'Warning', template: 'Schema validation warning: %v'},
  IST0134: {name: 'ServiceEntryAddressesRequired', level: 'Warning', template: 'ServiceEntry addresses are required for this protocol.'},
  IST0135: {name: 'DeprecatedAnnotation', level: 'Info', template: 'Annotation %q has been deprecated%s and may not work in future Istio versions.'},
  IST0137: {
    name: 'DeploymentConflictingPorts',
    level: 'Warning',
    template: 'This deployment %s is associated with multiple services %v using targetPort %q but different ports: %v.',
  },
  IST0138: {
    name: 'GatewayDuplicateCertificate',
    level: 'Warning',
    template: 'Duplicate certificate in multiple gateways %v may cause 404s if clients re-use HTTP2 connections.',
  },
  IST0140: {
    name: 'IngressRouteRulesNotAffected',
    level: 'Warning',
    template: 'Subset in virtual service %s has no effect on ingress gateway %s requests',
  },
  IST0143: {
    name: 'LocalhostListener',
    level: 'Error',
    template: 'Port %v is exposed in a Service but listens on localhost. It will not be exposed to other pods.',
  },
  IST0144: {name: 'InvalidApplicationUID', level: 'Warning', template: 'User ID (UID) 1337 is reserved for the sidecar proxy.'},
  IST0145: {name: 'ConflictingGateways', level: 'Error', template: 'Conflict with gateways %s (workload selector %s, port %s, hosts %v).'},
  IST0146: {
    name: 'ImageAutoWithoutInjectionWarning',
    level: 'Warning',
    template: '%s %s contains `image: auto` but does not match any Istio injection webhook selectors.',
  },
  IST0147: {
    name: 'ImageAutoWithoutInjectionError',
    level: 'Error',
    template: '%s %s contains `image: auto` but does not match any Istio injection webhook selectors.',
  },
  IST0148: {
    name: 'NamespaceInjectionEnabledByDefault',
    level: 'Info',
    template: 'is enabled for Istio injection, as Istio is installed with enableNamespacesByDefault as true.',
  },
  IST0150: {
    name: 'ExternalNameServiceTypeInvalidPortName',
    level: 'Warning',
    template:
      'Port name for ExternalName service is invalid. Proxy may prevent tcp named ports and unmatched traffic for ports serving TCP protocol ' +
      'from being forwarded correctly',
  },
  IST0161: {
    name: 'InvalidGatewayCredential',
    level: 'Error',
    template: 'The credential referenced by the Gateway %s in namespace %s is invalid, which can cause the traffic not to work as expected.',
  },
  IST0162: {
    name: 'GatewayPortNotDefinedOnService',
    level: 'Warning',
    template:
      'The gateway is listening on a target port (port %d) that is not defined in the Service associated with its workload instances ' +
      '(Pod selector %s). If you need to access the gateway port through the gateway Service, it will not be available.',
  },
  IST0165: {
    name: 'ReferencedInternalGateway',
    level: 'Warning',
    template: 'Gateway reference in VirtualService %s is to an implementation-generated internal Gateway: %s.',
  },
  IST0171: {
    name: 'NegativeConditionStatus',
    level: 'Warning',
    template: 'A condition with a negative status is present: type=%s, reason=%s, message=%s.',
  },
  IST0173: {
    name: 'DestinationRuleSubsetNotSelectPods',
    level: 'Error',
    template: 'The Subset %s defined in the DestinationRule does not select any pods. Which may lead to 503 UH (NoHealthyUpstream).',
  },
  IST0174: {
    name: 'UnknownDestinationRuleHost',
    level: 'Warning',
    template: 'The host %s defined in the DestinationRule does not match any services in the mesh.',
  },
  IST0177: {
    name: 'ConflictingServiceEntryProtocol',
    level: 'Warning',
    template: 'Multiple ServiceEntries (%s) define the same host %q and port %d with conflicting protocols (%s).',
  },
  TSHIFT0001: {name: 'Refused', level: 'Error', template: 'The API server refuses this: %s'},
  TSHIFT0002: {name: 'UnknownField', level: 'Error', template: 'Unknown field %q: apply refuses it, and where it is let through nothing reads it.'},
  TSHIFT0100: {name: 'Routing', level: 'Warning', template: '%s'},
  TSHIFT0101: {name: 'ShadowedRoute', level: 'Warning', template: '%s'},
  TSHIFT0102: {name: 'ServerDropped', level: 'Error', template: '%s'},
  TSHIFT0103: {name: 'GatewayWithoutRoute', level: 'Warning', template: '%s'},
  TSHIFT0104: {name: 'RouteWithoutServer', level: 'Warning', template: '%s'},
  TSHIFT0105: {name: 'HostsMismatch', level: 'Warning', template: '%s'},
  TSHIFT0106: {name: 'MatchIgnored', level: 'Warning', template: '%s'},
  TSHIFT0107: {name: 'NotExported', level: 'Warning', template: '%s'},
  TSHIFT0108: {name: 'MeshRouteUnused', level: 'Warning', template: '%s'},
  TSHIFT0109: {name: 'GatewayUnused', level: 'Warning', template: '%s'},
  TSHIFT0110: {name: 'ProtocolNotServed', level: 'Info', template: '%s'},
  TSHIFT0111: {name: 'PortNotOnService', level: 'Warning', template: '%s'},
  TSHIFT0112: {name: 'MissingGateway', level: 'Error', template: '%s'},
  TSHIFT0113: {name: 'MissingDestination', level: 'Error', template: '%s'},
  TSHIFT0114: {name: 'NoEndpoints', level: 'Warning', template: '%s'},
  TSHIFT0115: {name: 'NoWeights', level: 'Error', template: '%s'},
  TSHIFT0116: {name: 'PolicyNotApplied', level: 'Info', template: '%s'},
  TSHIFT0117: {name: 'PolicyWithoutEffect', level: 'Warning', template: '%s'},
  TSHIFT0118: {name: 'WeightNeverServed', level: 'Warning', template: '%s'},
  TSHIFT0119: {name: 'HttpRouteIgnored', level: 'Info', template: '%s'},
  TSHIFT0120: {name: 'UnusableCredential', level: 'Error', template: '%s'},
  TSHIFT0121: {name: 'HostNotResolved', level: 'Warning', template: '%s'},
  TSHIFT0122: {name: 'RouteNotAttached', level: 'Warning', template: '%s'},
  TSHIFT0123: {name: 'Delegate', level: 'Warning', template: '%s'},
  TSHIFT0124: {name: 'WrongBlock', level: 'Warning', template: '%s'},
  TSHIFT0125: {name: 'DuplicateServerName', level: 'Error', template: '%s'},
  TSHIFT0126: {name: 'UnreadableProxyConfig', level: 'Error', template: '%s'},
  TSHIFT0127: {name: 'AddressNotServed', level: 'Info', template: '%s'},
  TSHIFT0201: {
    name: 'WeightAbsent',
    level: 'Warning',
    template: '%s[%d].route[%d] has no weight beside others: that is 0, and no connection ever goes there.',
  },
  TSHIFT0202: {
    name: 'WeightMeaningless',
    level: 'Warning',
    template: '%s[%d].route[0].weight %d has no effect: the only destination of a route gets all connections.',
  },
  TSHIFT0203: {name: 'WeightsNotHundred', level: 'Info', template: 'The weights of %s[%d] add up to %d: they are relative, so the shares are %s.'},
} as const satisfies Readonly<Record<string, MessageType>>

export type Code = keyof typeof messages

/**
 * Codes of Istio's that concern what tshift does not have (sidecars' filters, JWT, telemetry, several clusters): known, never reported. So is 136, of
 * annotations in their alpha phase, which no analyzer of Istio's reports any more.
 */
const ELSEWHERE = [
  2, 110, 111, 113, 119, 122, 126, 127, 136, 139, 141, 142, 149, 151, 152, 153, 154, 155, 156, 157, 158, 159, 160, 163, 164, 166, 167, 168, 169, 170,
  172, 175, 176,
]
const KNOWN = new Set([...Object.keys(messages), ...ELSEWHERE.map((number) => `IST${String(number).padStart(4, '0')}`)])

/** Whether a suppression can name it. */
export function isKnownCode(code: string): boolean {
  return KNOWN.has(code)
}

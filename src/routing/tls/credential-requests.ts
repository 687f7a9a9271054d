import {namespaceOf} from '../naming.js'
import type {ClientTlsSettings, DestinationRule, PortPolicy, TrafficPolicy} from '../objects/destination-rule.js'
import type {K8sGateway, K8sListener, ObjectRef} from '../objects/k8s-gateway.js'
import {ROOT_NAMESPACE} from '../proxy.js'
import {rememberBy} from '../remember.js'
import type {Snapshot} from '../snapshot.js'
import {authoritiesName, isOfAuthorities} from './certificate-refs.js'
import {clientRequests} from './client-credentials.js'
import {authoritiesRequest, pairRequest, type CredentialRequest} from './credential-request.js'
import {serverRequests} from './server-credentials.js'

/**
 * Every credential that Gateway servers, DestinationRules and listeners of the Gateway API refer to, each key once. A superset: whether a
 * proxy may use one, and whether anything leads to it, is for routing to say.
 */
export const credentialRequests = rememberBy(['gateways', 'k8sGateways', 'destinationRules'], (snapshot): readonly CredentialRequest[] => {
  const requests = [
    ...snapshot.gateways.flatMap(({spec}) => (spec?.servers ?? []).flatMap(({tls}) => serverRequests(tls, ROOT_NAMESPACE))),
    ...(snapshot.k8sGateways ?? []).flatMap(ofK8sGateway),
    ...snapshot.destinationRules.flatMap((rule) => ofRule(rule, snapshot)),
  ]
  const merged = new Map<string, CredentialRequest>()
  for (const request of requests) merged.set(request.key, merge(merged.get(request.key), request))
  return [...merged.values()]
})

function ofK8sGateway(gateway: K8sGateway): readonly CredentialRequest[] {
  const namespace = namespaceOf(gateway)
  const authorities = frontendAuthorities(gateway).map((ref) => authoritiesRequest(authoritiesName(ref, namespace), namespace))
  return [...(gateway.spec?.listeners ?? []).flatMap((listener) => ofListener(listener, namespace)), ...authorities]
}

/** Whom clients' certificates may come from, for all ports and for single ones. */
function frontendAuthorities({spec}: K8sGateway): readonly ObjectRef[] {
  const {default: everywhere, perPort = []} = spec?.tls?.frontend ?? {}
  return [everywhere, ...perPort.map(({tls}) => tls)].flatMap((tls) => tls?.validation?.caCertificateRefs ?? []).filter(isOfAuthorities)
}

/** What a listener's certificateRefs name; a reference to another kind is no credential. */
function ofListener({tls}: K8sListener, namespace: string): readonly CredentialRequest[] {
  const refs = (tls?.certificateRefs ?? []).filter(({group = '', kind = 'Secret'}) => group === '' && kind === 'Secret')
  return refs.map(({name, namespace: other = namespace}) => pairRequest(name, other))
}

function ofRule(rule: DestinationRule, snapshot: Pick<Snapshot, 'k8sGateways'>): readonly CredentialRequest[] {
  return readersOf(rule, snapshot).flatMap((namespace) => clientSettings(rule).flatMap((tls) => clientRequests(tls, namespace)))
}

/** The gateways' namespaces, and for workloads that a rule selects its own: whoever applies a rule reads Secrets of its own namespace. */
function readersOf(rule: DestinationRule, {k8sGateways = []}: Pick<Snapshot, 'k8sGateways'>): readonly string[] {
  const own = rule.spec?.workloadSelector === undefined ? [] : [namespaceOf(rule)]
  return [...new Set([ROOT_NAMESPACE, ...k8sGateways.map(namespaceOf), ...own])]
}

function clientSettings({spec}: DestinationRule): readonly ClientTlsSettings[] {
  const policies = [spec?.trafficPolicy, ...(spec?.subsets ?? []).map(({trafficPolicy}) => trafficPolicy)]
  return policies.flatMap((policy: TrafficPolicy | undefined) => [policy, ...(policy?.portLevelSettings ?? [])]).flatMap(tlsOf)
}

function tlsOf(policy: PortPolicy | undefined): readonly ClientTlsSettings[] {
  return policy?.tls === undefined ? [] : [policy.tls]
}

function merge(known: CredentialRequest | undefined, request: CredentialRequest): CredentialRequest {
  if (known?.type !== 'secret' || request.type !== 'secret') return request
  return {...request, wantsPair: known.wantsPair || request.wantsPair, wantsCa: known.wantsCa || request.wantsCa}
}

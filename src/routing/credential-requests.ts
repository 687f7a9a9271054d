import {ROOT_NAMESPACE} from './proxy.js'
import {namespaceOf} from './naming.js'
import type {ClientTlsSettings, DestinationRule, PortPolicy, TrafficPolicy} from './objects/destination-rule.js'
import type {GatewayTls} from './objects/gateway.js'
import type {K8sGateway, K8sListener, ObjectRef} from './objects/k8s-gateway.js'
import type {Snapshot} from './snapshot.js'

/**
 * Certificates that objects refer to and that are not in them. Whoever gathers facts for routing resolves each request and puts the result
 * under its key into `Snapshot.credentials`; routing looks it up by the same key.
 */
export type CredentialRequest = SecretRequest | ConfigMapRequest | FilesRequest

/** `secret:<namespace>/<name>`. */
export interface SecretRequest {
  readonly type: 'secret'
  readonly key: string
  readonly namespace: string
  readonly name: string
  /** Certificate and private key must be there. */
  readonly wantsPair: boolean
  /** The authorities must be there: in a Secret of this name, which ends in `-cacert`, or in one named without that. */
  readonly wantsCa: boolean
}

/** `configmap:<namespace>/<name>`: authorities, which are no secret. */
export interface ConfigMapRequest {
  readonly type: 'configmap'
  readonly key: string
  readonly namespace: string
  readonly name: string
}

/** `files:<certificate>|<privateKey>|<ca>|<crl>`, with nothing between the bars for what is absent. All files that are named must be there. */
export interface FilesRequest {
  readonly type: 'files'
  readonly key: string
  readonly certificate?: string
  readonly privateKey?: string
  readonly ca?: string
  readonly crl?: string
}

/** How Istio names the Secret (and the SDS resource) that holds the authorities of a credential. */
export const CA_SUFFIX = '-cacert'

/**
 * Every credential that Gateway servers, DestinationRules and listeners of the Gateway API refer to, each key once. A superset: whether a
 * proxy may use one, and whether anything leads to it, is for routing to say.
 */
export function credentialRequests(snapshot: Snapshot): readonly CredentialRequest[] {
  const requests = [
    ...snapshot.gateways.flatMap(({spec}) => (spec?.servers ?? []).flatMap(({tls}) => serverRequests(tls, ROOT_NAMESPACE))),
    ...(snapshot.k8sGateways ?? []).flatMap(ofK8sGateway),
    ...snapshot.destinationRules.flatMap((rule) => ofRule(rule, snapshot)),
  ]
  const merged = new Map<string, CredentialRequest>()
  for (const request of requests) merged.set(request.key, merge(merged.get(request.key), request))
  return [...merged.values()]
}

/** Where the credentials of a Gateway server are found. */
export interface ServerCredentialKeys {
  /** In the order of the Gateway; none where its mode ends no TLS. */
  readonly certificates: readonly string[]
  /** Whose `ca` and `crl` clients are checked with; absent where clients are asked for no certificate. */
  readonly authorities?: string
}

/** `proxyNamespace` is where the gateway workload runs: Secrets are read there (istio credentials.ParseResourceName). */
export function serverCredentialKeys(tls: GatewayTls | undefined, proxyNamespace: string): ServerCredentialKeys {
  const requests = serverRequests(tls, proxyNamespace)
  const certificates = requests.filter((request) => request.type === 'files' || (request.type === 'secret' && request.wantsPair)).map(({key}) => key)
  const authorities = requests.find(givesAuthorities)
  return {certificates, ...(authorities && {authorities: authorities.key})}
}

function givesAuthorities(request: CredentialRequest): boolean {
  switch (request.type) {
    case 'secret':
      return request.wantsCa
    case 'configmap':
      return true
    case 'files':
      return request.ca !== undefined
  }
}

/** The keys of what TLS towards endpoints needs; none where it needs nothing, such as SIMPLE with the system's authorities. */
export function clientCredentialKeys(tls: ClientTlsSettings, proxyNamespace: string): readonly string[] {
  return clientRequests(tls, proxyNamespace).map(({key}) => key)
}

/** The key of a Secret's certificate: `credentialName` as written in a Gateway or DestinationRule, or the name in a listener's certificateRef. */
export function secretKey(credentialName: string, proxyNamespace: string): string {
  const {namespace, name} = secretOf(credentialName, proxyNamespace)
  return `secret:${namespace}/${name}`
}

/** How a credential is named that is a ConfigMap, `configmap://namespace/name` (istio credentials.ParseResourceName). */
export const CONFIG_MAP = 'configmap://'

/** The key of the authorities that `caCertCredentialName` names. */
export function authoritiesKey(credentialName: string, proxyNamespace: string): string {
  return authoritiesRequest(credentialName, proxyNamespace).key
}

export function filesKey({certificate = '', privateKey = '', ca = '', crl = ''}: Omit<FilesRequest, 'type' | 'key'>): string {
  return `files:${certificate}|${privateKey}|${ca}|${crl}`
}

/** `name`, `kubernetes://name` and both with a `namespace/` before the name. */
function secretOf(credentialName: string, proxyNamespace: string): {namespace: string; name: string} {
  const [first = '', second] = credentialName.replace(/^kubernetes(-gateway)?:\/\//, '').split('/')
  return second === undefined ? {namespace: proxyNamespace, name: first} : {namespace: first, name: second}
}

function pairRequest(credentialName: string, proxyNamespace: string): SecretRequest {
  return {type: 'secret', key: secretKey(credentialName, proxyNamespace), ...secretOf(credentialName, proxyNamespace), wantsPair: true, wantsCa: false}
}

/** Authorities have a key of their own, as Envoy asks for them by another name: that they are missing is nothing to who only needs the certificate. */
function authoritiesRequest(credentialName: string, proxyNamespace: string): SecretRequest | ConfigMapRequest {
  if (credentialName.startsWith(CONFIG_MAP)) return configMapRequest(credentialName)
  const name = credentialName.endsWith(CA_SUFFIX) ? credentialName : `${credentialName}${CA_SUFFIX}`
  return {...pairRequest(name, proxyNamespace), wantsPair: false, wantsCa: true}
}

function configMapRequest(credentialName: string): ConfigMapRequest {
  const [namespace = '', name = ''] = credentialName.slice(CONFIG_MAP.length).split('/')
  return {type: 'configmap', key: `configmap:${namespace}/${name}`, namespace, name}
}

function filesRequest(files: {[name in 'certificate' | 'privateKey' | 'ca' | 'crl']: string | undefined}): FilesRequest {
  const named = Object.fromEntries(Object.entries(files).filter(([, path]) => path !== undefined && path !== ''))
  return {type: 'files', key: filesKey(named), ...named}
}

const TERMINATING = new Set(['SIMPLE', 'MUTUAL', 'OPTIONAL_MUTUAL'])

function serverRequests(tls: GatewayTls | undefined, proxyNamespace: string): readonly CredentialRequest[] {
  if (tls === undefined || !TERMINATING.has(tls.mode ?? '')) return []
  const {credentialName = '', credentialNames = [], caCertCredentialName = '', tlsCertificates = []} = tls
  const wantsCa = tls.mode !== 'SIMPLE'
  const names = credentialName === '' ? credentialNames : [credentialName]
  if (names.length > 0) {
    const pairs = names.map((name) => pairRequest(name, proxyNamespace))
    return wantsCa ? [...pairs, authoritiesRequest(caCertCredentialName || (names[0] ?? ''), proxyNamespace)] : pairs
  }
  const pairs = tlsCertificates.length > 0 ? tlsCertificates : [tls]
  return pairs.map(({serverCertificate, privateKey, caCertificates = tls.caCertificates}) =>
    filesRequest({certificate: serverCertificate, privateKey, ca: wantsCa ? caCertificates : undefined, crl: wantsCa ? tls.caCrl : undefined}),
  )
}

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

/** Whether a caCertificateRef names a kind that holds authorities. */
export function isOfAuthorities({group = '', kind = ''}: ObjectRef): boolean {
  return group === '' && (kind === 'ConfigMap' || kind === 'Secret')
}

/** A caCertificateRef as an Istio Gateway names it in `caCertCredentialName`. */
export function authoritiesName({kind, name, namespace}: ObjectRef, gatewayNamespace: string): string {
  return `${kind === 'ConfigMap' ? CONFIG_MAP : 'kubernetes-gateway://'}${namespace ?? gatewayNamespace}/${name}`
}

/** What a listener's certificateRefs name; a reference to another kind is no credential. */
function ofListener({tls}: K8sListener, namespace: string): readonly CredentialRequest[] {
  const refs = (tls?.certificateRefs ?? []).filter(({group = '', kind = 'Secret'}) => group === '' && kind === 'Secret')
  return refs.map(({name, namespace: other = namespace}) => pairRequest(name, other))
}

function clientRequests(tls: ClientTlsSettings, proxyNamespace: string): readonly CredentialRequest[] {
  const {mode, credentialName = '', insecureSkipVerify = false, clientCertificate, privateKey, caCertificates, caCrl} = tls
  if (mode !== 'SIMPLE' && mode !== 'MUTUAL') return []
  const isMutual = mode === 'MUTUAL'
  if (credentialName.startsWith(CONFIG_MAP)) return insecureSkipVerify ? [] : [configMapRequest(credentialName)]
  if (credentialName !== '') {
    const pair = isMutual ? [pairRequest(credentialName, proxyNamespace)] : []
    return insecureSkipVerify ? pair : [...pair, authoritiesRequest(credentialName, proxyNamespace)]
  }
  const authorities = insecureSkipVerify || caCertificates === 'system' ? {ca: undefined, crl: undefined} : {ca: caCertificates, crl: caCrl}
  const request = filesRequest({certificate: isMutual ? clientCertificate : undefined, privateKey: isMutual ? privateKey : undefined, ...authorities})
  return request.key === filesKey({}) ? [] : [request]
}

function ofRule(rule: DestinationRule, snapshot: Snapshot): readonly CredentialRequest[] {
  return readersOf(rule, snapshot).flatMap((namespace) => clientSettings(rule).flatMap((tls) => clientRequests(tls, namespace)))
}

/** The gateways' namespaces, and for workloads that a rule selects its own: whoever applies a rule reads Secrets of its own namespace. */
function readersOf(rule: DestinationRule, {k8sGateways = []}: Snapshot): readonly string[] {
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

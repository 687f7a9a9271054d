import {ROOT_NAMESPACE} from './proxy.js'
import {namespaceOf} from './naming.js'
import type {ClientTlsSettings, DestinationRule, GatewayTls, K8sListener, PortPolicy, Snapshot, TrafficPolicy} from './snapshot.js'

/**
 * Certificates that objects refer to and that are not in them. Whoever gathers facts for routing resolves each request and puts the result
 * under its key into `Snapshot.credentials`; routing looks it up by the same key.
 */
export type CredentialRequest = SecretRequest | FilesRequest

/** `secret:<namespace>/<name>`. */
export interface SecretRequest {
  readonly type: 'secret'
  readonly key: string
  readonly namespace: string
  readonly name: string
  /** Certificate and private key must be there; false where only the authorities count. */
  readonly wantsPair: boolean
  /** The authorities must be there: in the Secret itself, or in one named `<name>-cacert`. */
  readonly wantsCa: boolean
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
    ...(snapshot.k8sGateways ?? []).flatMap((gateway) => (gateway.spec?.listeners ?? []).flatMap((listener) => ofListener(listener, namespaceOf(gateway)))),
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
  const certificates = requests.filter((request) => request.type === 'files' || request.wantsPair).map(({key}) => key)
  const authorities = requests.find((request) => (request.type === 'secret' ? request.wantsCa : request.ca !== undefined))
  return {certificates, ...(authorities && {authorities: authorities.key})}
}

/** The key of what TLS towards endpoints needs; undefined where it needs nothing, such as SIMPLE with the system's authorities. */
export function clientCredentialKey(tls: ClientTlsSettings, proxyNamespace: string): string | undefined {
  return clientRequests(tls, proxyNamespace)[0]?.key
}

/** The key of a Secret's certificate: `credentialName` as written in a Gateway or DestinationRule, or the name in a listener's certificateRef. */
export function secretKey(credentialName: string, proxyNamespace: string): string {
  const {namespace, name} = secretOf(credentialName, proxyNamespace)
  return `secret:${namespace}/${name}`
}

export function filesKey({certificate = '', privateKey = '', ca = '', crl = ''}: Omit<FilesRequest, 'type' | 'key'>): string {
  return `files:${certificate}|${privateKey}|${ca}|${crl}`
}

/** `name`, `kubernetes://name` and both with a `namespace/` before the name. */
function secretOf(credentialName: string, proxyNamespace: string): {namespace: string; name: string} {
  const [first = '', second] = credentialName.replace(/^kubernetes(-gateway)?:\/\//, '').split('/')
  return second === undefined ? {namespace: proxyNamespace, name: first} : {namespace: first, name: second}
}

function secretRequest(credentialName: string, proxyNamespace: string, wants: {wantsPair: boolean; wantsCa: boolean}): SecretRequest {
  return {type: 'secret', key: secretKey(credentialName, proxyNamespace), ...secretOf(credentialName, proxyNamespace), ...wants}
}

/** Authorities alone have a key of their own, since the Secret need not have a certificate then. */
function authoritiesRequest(credentialName: string, proxyNamespace: string): SecretRequest {
  const name = credentialName.endsWith(CA_SUFFIX) ? credentialName : `${credentialName}${CA_SUFFIX}`
  return secretRequest(name, proxyNamespace, {wantsPair: false, wantsCa: true})
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
    const hasOwnCa = wantsCa && caCertCredentialName !== ''
    const pairs = names.map((name, i) => secretRequest(name, proxyNamespace, {wantsPair: true, wantsCa: wantsCa && !hasOwnCa && i === 0}))
    return hasOwnCa ? [...pairs, authoritiesRequest(caCertCredentialName, proxyNamespace)] : pairs
  }
  const pairs = tlsCertificates.length > 0 ? tlsCertificates : [tls]
  return pairs.map(({serverCertificate, privateKey, caCertificates = tls.caCertificates}) =>
    filesRequest({certificate: serverCertificate, privateKey, ca: wantsCa ? caCertificates : undefined, crl: wantsCa ? tls.caCrl : undefined}),
  )
}

/** What a listener's certificateRefs name; a reference to another kind is no credential. */
function ofListener({tls}: K8sListener, namespace: string): readonly CredentialRequest[] {
  const refs = (tls?.certificateRefs ?? []).filter(({group = '', kind = 'Secret'}) => group === '' && kind === 'Secret')
  return refs.map(({name, namespace: other = namespace}) => secretRequest(name, other, {wantsPair: true, wantsCa: false}))
}

function clientRequests(tls: ClientTlsSettings, proxyNamespace: string): readonly CredentialRequest[] {
  const {mode, credentialName = '', insecureSkipVerify = false, clientCertificate, privateKey, caCertificates, caCrl} = tls
  if (mode !== 'SIMPLE' && mode !== 'MUTUAL') return []
  const isMutual = mode === 'MUTUAL'
  if (credentialName !== '') {
    if (isMutual) return [secretRequest(credentialName, proxyNamespace, {wantsPair: true, wantsCa: !insecureSkipVerify})]
    return insecureSkipVerify ? [] : [authoritiesRequest(credentialName, proxyNamespace)]
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

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

/** How a credential is named that is a ConfigMap, `configmap://namespace/name` (istio credentials.ParseResourceName). */
export const CONFIG_MAP = 'configmap://'

/** The key of a Secret's certificate: `credentialName` as written in a Gateway or DestinationRule, or the name in a listener's certificateRef. */
export function secretKey(credentialName: string, proxyNamespace: string): string {
  const {namespace, name} = secretOf(credentialName, proxyNamespace)
  return `secret:${namespace}/${name}`
}

/** The key of the authorities that `caCertCredentialName` names. */
export function authoritiesKey(credentialName: string, proxyNamespace: string): string {
  return authoritiesRequest(credentialName, proxyNamespace).key
}

/** The key of files, whichever of them are named. */
export function filesKey({certificate = '', privateKey = '', ca = '', crl = ''}: Omit<FilesRequest, 'type' | 'key'>): string {
  return `files:${certificate}|${privateKey}|${ca}|${crl}`
}

/** For the certificate and private key that `credentialName` names. */
export function pairRequest(credentialName: string, proxyNamespace: string): SecretRequest {
  return {type: 'secret', key: secretKey(credentialName, proxyNamespace), ...secretOf(credentialName, proxyNamespace), wantsPair: true, wantsCa: false}
}

/**
 * For the authorities that `caCertCredentialName` names. They have a key of their own, as Envoy asks for them by another name: that they are missing is
 * nothing to who only needs the certificate.
 */
export function authoritiesRequest(credentialName: string, proxyNamespace: string): SecretRequest | ConfigMapRequest {
  if (credentialName.startsWith(CONFIG_MAP)) return configMapRequest(credentialName)
  const name = credentialName.endsWith(CA_SUFFIX) ? credentialName : `${credentialName}${CA_SUFFIX}`
  return {...pairRequest(name, proxyNamespace), wantsPair: false, wantsCa: true}
}

/** For the authorities of a ConfigMap, named as `CONFIG_MAP` says. */
export function configMapRequest(credentialName: string): ConfigMapRequest {
  const [namespace = '', name = ''] = credentialName.slice(CONFIG_MAP.length).split('/')
  return {type: 'configmap', key: `configmap:${namespace}/${name}`, namespace, name}
}

/** For the files that are named; an empty name is none. */
export function filesRequest(files: {[name in 'certificate' | 'privateKey' | 'ca' | 'crl']: string | undefined}): FilesRequest {
  const named = Object.fromEntries(Object.entries(files).filter(([, path]) => path !== undefined && path !== ''))
  return {type: 'files', key: filesKey(named), ...named}
}

/** `name`, `kubernetes://name` and both with a `namespace/` before the name. */
function secretOf(credentialName: string, proxyNamespace: string): {namespace: string; name: string} {
  const [first = '', second] = credentialName.replace(/^kubernetes(-gateway)?:\/\//, '').split('/')
  return second === undefined ? {namespace: proxyNamespace, name: first} : {namespace: first, name: second}
}

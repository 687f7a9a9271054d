import type {ConfigMap} from '../../api/kinds/config-map.js'
import type {Secret} from '../../api/kinds/secret.js'
import {CA_SUFFIX, type ConfigMapRequest, type SecretRequest} from '../../routing/tls/credential-request.js'
import type {CredentialMaterial} from './credential-check.js'

/** Finds a Secret; undefined where there is none. */
export type SecretOf = (namespace: string, name: string) => Secret | undefined
export type ConfigMapOf = (namespace: string, name: string) => ConfigMap | undefined

const PAIRS = [
  ['cert', 'key'],
  ['tls.crt', 'tls.key'],
] as const
const AUTHORITIES = ['cacert', 'ca.crt']
const REVOCATIONS = ['crl', 'ca.crl']

/**
 * What a request finds in Secrets. Authorities are in a Secret named `<name>-cacert` or, without one, in the Secret itself.
 * Throws an Error that says what is missing, in istiod's words (istio credentials/kube secrets.go).
 */
export function secretMaterial(request: SecretRequest, secretOf: SecretOf): CredentialMaterial {
  return {...(request.wantsPair ? pairOf(request, secretOf) : {}), ...(request.wantsCa ? authoritiesOf(request, secretOf) : {})}
}

function pairOf({namespace, name}: SecretRequest, secretOf: SecretOf): CredentialMaterial {
  const secret = secretOf(namespace, name)
  if (secret === undefined) throw new Error(`secret ${namespace}/${name} not found`)
  for (const [certificate, key] of PAIRS) {
    const [cert, privateKey] = [valueOf(secret, certificate), valueOf(secret, key)]
    if (cert !== undefined && privateKey !== undefined) return {certificate: cert, privateKey}
  }
  const empty = PAIRS.find((keys) => keys.every((key) => Object.hasOwn(secret.data ?? {}, key)))
  if (empty !== undefined) throw new Error(`secret ${namespace}/${name}: found keys "${empty[0]}" and "${empty[1]}", but they were empty`)
  throw new Error(`secret ${namespace}/${name}: found secret, but didn't have expected keys (cert and key) or (tls.crt and tls.key); found: ${keysOf(secret)}`)
}

function authoritiesOf({namespace, name}: SecretRequest, secretOf: SecretOf): CredentialMaterial {
  const own = name.endsWith(CA_SUFFIX) ? name.slice(0, -CA_SUFFIX.length) : name
  const secret = secretOf(namespace, `${own}${CA_SUFFIX}`) ?? secretOf(namespace, own)
  if (secret === undefined) throw new Error(`secret ${namespace}/${own} not found`)
  return rootsIn(`secret ${namespace}/${secret.metadata.name}`, secret, (key) => valueOf(secret, key))
}

/** The authorities in a ConfigMap, which has them in plain text. Throws like `secretMaterial` (istio kube ExtractRootFromString). */
export function configMapMaterial({namespace, name}: ConfigMapRequest, configMapOf: ConfigMapOf): CredentialMaterial {
  const configMap = configMapOf(namespace, name)
  if (configMap === undefined) throw new Error(`configmap ${namespace}/${name} not found`)
  const {data = {}} = configMap
  return rootsIn(`configmap ${namespace}/${name}`, configMap, (key) => (Object.hasOwn(data, key) && data[key] !== '' ? data[key] : undefined))
}

function rootsIn(about: string, holder: Pick<Secret, 'data'>, valueAt: (key: string) => string | undefined): CredentialMaterial {
  const firstOf = (keys: readonly string[]) => keys.map(valueAt).find((value) => value !== undefined)
  const ca = firstOf(AUTHORITIES)
  const crl = firstOf(REVOCATIONS)
  if (ca !== undefined) return {ca, ...(crl !== undefined && {crl})}
  const empty = AUTHORITIES.find((key) => Object.hasOwn(holder.data ?? {}, key))
  if (empty !== undefined) throw new Error(`${about}: found key "${empty}", but it was empty`)
  throw new Error(`${about}: found secret, but didn't have expected keys cacert or ca.crt; found: ${keysOf(holder)}`)
}

/** Undefined where the key is absent or has nothing in it. */
function valueOf({data = {}}: Secret, key: string): string | undefined {
  const value = Object.hasOwn(data, key) ? Buffer.from(data[key] ?? '', 'base64').toString() : ''
  return value === '' ? undefined : value
}

function keysOf({data = {}}: Pick<Secret, 'data'>): string {
  const keys = Object.keys(data).sort()
  return keys.length < 3 ? keys.join(', ') : `${keys.slice(0, 3).join(', ')}, and ${keys.length - 3} more...`
}

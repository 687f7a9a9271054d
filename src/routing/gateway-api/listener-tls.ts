import type {Credential} from '../objects/credential.js'
import type {GatewayTls} from '../objects/gateway.js'
import type {Frontend, K8sListener, ObjectRef} from '../objects/k8s-gateway.js'
import {secretKey} from '../tls/credential-request.js'
import type {Problem} from './condition.js'
import {frontendAuthority} from './frontend-authority.js'
import type {ReferenceGrants} from './reference-grants.js'

export interface ListenerTls {
  readonly tls?: GatewayTls
  /** Makes the listener unusable. */
  readonly problem?: Problem
  /** Why the listener is not even accepted. */
  readonly refusal?: Problem
}

export interface TlsContext {
  /** Of the Gateway. */
  readonly namespace: string
  readonly grants: ReferenceGrants
  readonly credentials: Readonly<Record<string, Credential>>
  /** `spec.tls.frontend` of the Gateway. */
  readonly frontend: Frontend | undefined
}

const MODE_OPTION = 'gateway.istio.io/tls-terminate-mode'
const MAX_CERTIFICATES = 2

/** The TLS settings of a listener as an Istio Gateway has them (istio buildTLS). Terminating is the default; TCP and HTTP listeners have none. */
export function listenerTls({tls, port}: K8sListener, context: TlsContext): ListenerTls {
  if (tls === undefined) return {}
  if (tls.mode === 'Passthrough') return {tls: {mode: 'PASSTHROUGH'}}
  const option = tls.options?.[MODE_OPTION] ?? ''
  if (option === 'ISTIO_MUTUAL') return {tls: {mode: 'ISTIO_MUTUAL'}}
  const refs = tls.certificateRefs ?? []
  if (refs.length > MAX_CERTIFICATES) return {problem: {reason: 'InvalidCertificateRef', message: 'TLS mode can only support up to 2 server certificates'}}
  const mode = option === 'MUTUAL' || option === 'OPTIONAL_MUTUAL' ? option : 'SIMPLE'
  return withAuthority(withCertificates(mode, refs.map((ref) => resolveCertificate(ref, context))), frontendAuthority(port, context))
}

/** Clients must show a certificate of the authority, unless the listener says that they may. */
function withAuthority({tls, problem}: ListenerTls, authority: ReturnType<typeof frontendAuthority>): ListenerTls {
  if (tls === undefined || authority === undefined) return {...(tls && {tls}), ...(problem && {problem})}
  if ('problem' in authority) return {problem: authority.problem, refusal: {...authority.problem, reason: 'NoValidCACertificate'}}
  return {tls: {...tls, mode: tls.mode === 'OPTIONAL_MUTUAL' ? tls.mode : 'MUTUAL', caCertCredentialName: authority.name}}
}

type Certificate = {readonly name: string} | {readonly problem: Problem}

/** One usable certificate is enough; without any the first problem decides the reason, and all are told. */
function withCertificates(mode: string, certificates: readonly Certificate[]): ListenerTls {
  const names = certificates.flatMap((certificate) => ('name' in certificate ? [certificate.name] : []))
  const problems = certificates.flatMap((certificate) => ('problem' in certificate ? [certificate.problem] : []))
  const [first] = problems
  if (names.length === 0 && first !== undefined) return {problem: {reason: first.reason, message: problems.map(({message}) => message).join('; ')}}
  return {tls: {mode, ...(names.length > 1 ? {credentialNames: names} : {credentialName: names[0] ?? ''})}}
}

function resolveCertificate(ref: ObjectRef, {namespace, grants, credentials}: TlsContext): Certificate {
  const text = `${ref.group ?? ''}/${ref.kind ?? ''}/${ref.name}.${ref.namespace ?? ''}`
  const invalid = (message: string): Certificate => ({problem: {reason: 'InvalidCertificateRef', message: `invalid certificate reference ${text}, ${message}`}})
  if ((ref.group ?? '') !== '' || (ref.kind ?? 'Secret') !== 'Secret') return invalid('only secret is allowed')

  const owner = ref.namespace ?? namespace
  const credential = credentials[secretKey(ref.name, owner)]
  if (credential === undefined) return invalid(`secret ${owner}/${ref.name} not found`)
  if (credential.pair === undefined) return invalid(credential.problem ?? 'it has no certificate')
  if (owner !== namespace && !grants.allow({kind: 'Gateway', namespace}, {kind: 'Secret', namespace: owner, name: ref.name})) {
    const message = `certificateRef ${ref.name}/${owner} not accessible to a Gateway in namespace "${namespace}" (missing a ReferenceGrant?)`
    return {problem: {reason: 'RefNotPermitted', message}}
  }
  return {name: `kubernetes-gateway://${owner}/${ref.name}`}
}

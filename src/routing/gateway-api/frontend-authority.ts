import type {FrontendTls, ObjectRef} from '../objects/k8s-gateway.js'
import {authoritiesName, isOfAuthorities} from '../tls/certificate-refs.js'
import {authoritiesKey} from '../tls/credential-request.js'
import type {Problem} from './condition.js'
import type {TlsContext} from './listener-tls.js'

/**
 * Whose certificates the clients of a port must show, as an Istio Gateway names it; undefined where they need none. What a port has of its own
 * replaces what all have. `AllowInsecureFallback` lets in whoever comes: a backend of TCP learns nothing of the certificate, so none is asked for
 * (Gateway API FrontendTLSValidation and its conformance tests for the reasons; istio buildCaCertificateReference, which takes one reference).
 */
export function frontendAuthority(port: number, context: TlsContext): {readonly name: string} | {readonly problem: Problem} | undefined {
  const {caCertificateRefs = [], mode} = validationOf(port, context)?.validation ?? {}
  const [ref, ...more] = caCertificateRefs
  if (ref === undefined || mode === 'AllowInsecureFallback') return undefined
  const problem = more.length > 0 ? {reason: 'InvalidCACertificateRef', message: 'only one caCertificateRef is supported'} : problemOf(ref, context)
  return problem === undefined ? {name: authoritiesName(ref, context.namespace)} : {problem}
}

function validationOf(port: number, {frontend}: TlsContext): FrontendTls | undefined {
  return frontend?.perPort?.find((one) => one.port === port)?.tls ?? frontend?.default
}

function problemOf(ref: ObjectRef, {namespace, grants, credentials}: TlsContext): Problem | undefined {
  const {group = '', kind = '', name} = ref
  const text = `${group}/${kind}/${name}.${ref.namespace ?? ''}`
  if (!isOfAuthorities(ref)) {
    return {reason: 'InvalidCACertificateKind', message: `invalid CA certificate reference ${text}, only secret and configmap are allowed`}
  }
  const owner = ref.namespace ?? namespace
  const to = {kind: kind === 'ConfigMap' ? ('ConfigMap' as const) : ('Secret' as const), namespace: owner, name}
  if (owner !== namespace && !grants.allow({kind: 'Gateway', namespace}, to)) {
    const message = `caCertificateRef ${owner}/${name} not accessible to a Gateway in namespace "${namespace}" (missing a ReferenceGrant?)`
    return {reason: 'RefNotPermitted', message}
  }
  const {ca, problem = 'it has not been read'} = credentials[authoritiesKey(authoritiesName(ref, namespace), namespace)] ?? {}
  return ca === undefined ? {reason: 'InvalidCACertificateRef', message: `invalid CA certificate reference ${text}, ${problem}`} : undefined
}

import type {ObjectRef} from '../objects/k8s-gateway.js'
import {CONFIG_MAP} from './credential-request.js'

/** Whether a caCertificateRef names a kind that holds authorities. */
export function isOfAuthorities({group = '', kind = ''}: ObjectRef): boolean {
  return group === '' && (kind === 'ConfigMap' || kind === 'Secret')
}

/** A caCertificateRef as an Istio Gateway names it in `caCertCredentialName`. */
export function authoritiesName({kind, name, namespace}: ObjectRef, gatewayNamespace: string): string {
  return `${kind === 'ConfigMap' ? CONFIG_MAP : 'kubernetes-gateway://'}${namespace ?? gatewayNamespace}/${name}`
}

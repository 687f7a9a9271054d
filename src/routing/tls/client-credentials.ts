import type {ClientTlsSettings} from '../objects/destination-rule.js'
import {authoritiesRequest, CONFIG_MAP, configMapRequest, filesKey, filesRequest, pairRequest, type CredentialRequest} from './credential-request.js'

/** The keys of what TLS towards endpoints needs; none where it needs nothing, such as SIMPLE with the system's authorities. */
export function clientCredentialKeys(tls: ClientTlsSettings, proxyNamespace: string): readonly string[] {
  return clientRequests(tls, proxyNamespace).map(({key}) => key)
}

/** What a DestinationRule's `tls` refers to: a credential before files, and no authorities where the endpoint's certificate is not verified. */
export function clientRequests(tls: ClientTlsSettings, proxyNamespace: string): readonly CredentialRequest[] {
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

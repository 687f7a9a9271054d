import type {GatewayTls} from '../objects/gateway.js'
import {authoritiesRequest, filesRequest, pairRequest, type CredentialRequest} from './credential-request.js'

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

const TERMINATING = new Set(['SIMPLE', 'MUTUAL', 'OPTIONAL_MUTUAL'])

/** What a Gateway server's `tls` refers to, where its mode ends TLS: `credentialName` before `credentialNames` before `tlsCertificates` before the files. */
export function serverRequests(tls: GatewayTls | undefined, proxyNamespace: string): readonly CredentialRequest[] {
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

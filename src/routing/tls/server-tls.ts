import {memoizeByIdentity} from '../../base/memoize.js'
import type {Server} from '../gateways/merge-servers.js'
import type {Credential} from '../objects/credential.js'
import type {GatewayTls} from '../objects/gateway.js'
import type {Proxy} from '../proxy.js'
import type {ServerTls, TlsVersion} from '../routing.js'
import type {Snapshot} from '../snapshot.js'
import {clientDigests} from './client-digests.js'
import {serverSdsNames} from './sds-names.js'
import {serverCredentialKeys} from './server-credentials.js'

/** Why no handshake will succeed. */
export interface TlsProblem {
  /** For people. */
  readonly problem: string
  /** What a running gateway has from before it goes on serving. */
  readonly isServedYet?: true
}

export interface TerminatedTls extends Partial<TlsProblem> {
  readonly tls: ServerTls
}

const VERSIONS: Readonly<Record<string, TlsVersion>> = {TLSV1_0: 'TLSv1', TLSV1_1: 'TLSv1.1', TLSV1_2: 'TLSv1.2', TLSV1_3: 'TLSv1.3'}

/**
 * How TLS ends at a server. Envoy's lowest version is 1.2 unless the server asks for an older one. Without usable credentials it has no
 * certificates, so that handshakes fail while the port stays open, as with an SDS secret that never comes (istio BuildListenerTLSContext).
 */
export const terminateTls = memoizeByIdentity(({spec: {tls = {}}}: Server, credentials: Snapshot['credentials'], proxy: Proxy): TerminatedTls => {
  const mode = tls.mode === 'SIMPLE' || tls.mode === 'OPTIONAL_MUTUAL' ? tls.mode : 'MUTUAL'
  const {digests, problem: malformed} = clientDigests(tls)
  const {found, problem = malformed, isServedYet} = lookUp(tls, credentials ?? {}, proxy)
  const usable = malformed === undefined ? found : NOTHING
  return {
    tls: {mode, ...usable, ...parameters(tls), ...(digests && {digests}), sds: serverSdsNames(tls)},
    ...(problem === undefined ? {} : {problem}),
    ...(isServedYet === true && {isServedYet}),
  }
})

interface Looked extends Partial<TlsProblem> {
  readonly found: Found
}

type Found = Pick<ServerTls, 'certificates' | 'ca' | 'crl'>

const NOTHING: Found = {certificates: []}

function lookUp(tls: GatewayTls, credentials: NonNullable<Snapshot['credentials']>, proxy: Proxy): Looked {
  if (tls.mode === 'ISTIO_MUTUAL') {
    return {found: NOTHING, problem: 'ISTIO_MUTUAL needs the certificates that istiod issues to workloads, and nobody issues any here'}
  }
  const keys = serverCredentialKeys(tls, proxy.namespace)
  const needed = [...new Set([...keys.certificates, ...(keys.authorities === undefined ? [] : [keys.authorities])])]
  if (keys.certificates.length === 0) return {found: NOTHING, problem: 'it names no certificate'}
  const bad = needed.filter((key) => problemOf(credentials[key], key) !== undefined)
  const [first] = bad
  if (first !== undefined) {
    const isServedYet = bad.every((key) => credentials[key]?.isServedYet === true)
    return {found: NOTHING, problem: problemOf(credentials[first], first) ?? '', ...(isServedYet && {isServedYet})}
  }

  const {ca, crl} = credentials[keys.authorities ?? ''] ?? {}
  const certificates = keys.certificates.flatMap((key) => credentials[key]?.pair ?? [])
  if (certificates.length === 0) return {found: NOTHING, problem: 'its credential has no certificate'}
  if (keys.authorities !== undefined && ca === undefined) return {found: NOTHING, problem: 'its credential has no authorities to verify clients with'}
  return {found: {certificates, ...(ca !== undefined && {ca}), ...(crl !== undefined && {crl})}}
}

function problemOf(credential: Credential | undefined, key: string): string | undefined {
  return credential === undefined ? `${key} has not been read` : credential.problem
}

function parameters({
  mode,
  subjectAltNames = [],
  minProtocolVersion = '',
  maxProtocolVersion = '',
  cipherSuites = [],
}: GatewayTls): Omit<ServerTls, 'mode' | 'certificates'> {
  const maxVersion = VERSIONS[maxProtocolVersion]
  return {
    ...(mode !== 'SIMPLE' && subjectAltNames.length > 0 && {subjectAltNames}),
    minVersion: VERSIONS[minProtocolVersion] ?? 'TLSv1.2',
    ...(maxVersion !== undefined && {maxVersion}),
    ...(cipherSuites.length > 0 && {cipherSuites: [...new Set(cipherSuites)]}),
  }
}

import type {MergedRule} from '../clusters/destination-rules.js'
import type {View} from '../mesh.js'
import type {Credential} from '../objects/credential.js'
import type {ClientTlsSettings} from '../objects/destination-rule.js'
import type {ClientTls} from '../routing.js'
import type {MeshService} from '../services.js'
import {clientCredentialKeys} from './client-credentials.js'
import {clientSdsNames} from './sds-names.js'

/**
 * TLS towards the endpoints of a cluster. ISTIO_MUTUAL and automatic mutual TLS are plain text: there are no workload certificates here, and pods
 * take what their sidecars would hand them. Sidecars read a Secret only for a rule that selects workloads, and send plain text otherwise. A
 * ServiceEntry's names stand in where the policy has none (istio core buildUpstreamClusterTLSContext, constructUpstreamTLS).
 */
export function clientTls(settings: ClientTlsSettings | undefined, {service, rule, view}: Client): ClientTls | undefined {
  const {credentials, namespace, isSidecar} = view
  if (settings === undefined || (settings.mode !== 'SIMPLE' && settings.mode !== 'MUTUAL')) return undefined
  if (isSidecar === true && isForGateways(settings, rule)) return undefined
  const keys = clientCredentialKeys(settings, namespace)
  const names = settings.subjectAltNames?.length ? settings.subjectAltNames : namesOf(service)
  return {
    ...(settings.sni !== undefined && settings.sni !== '' && {sni: settings.sni}),
    ...fromCredential(settings, together(keys, credentials)),
    ...(names.length > 0 && {subjectAltNames: names}),
    ...(settings.insecureSkipVerify === true && {insecureSkipVerify: true}),
    ...(keys.length > 0 && {sds: clientSdsNames(settings)}),
  }
}

interface Client {
  readonly service: MeshService
  readonly rule: MergedRule | undefined
  readonly view: View
}

function isForGateways({credentialName = ''}: ClientTlsSettings, rule: MergedRule | undefined): boolean {
  return credentialName !== '' && rule?.sources[0]?.spec?.workloadSelector === undefined
}

function namesOf(service: MeshService): readonly string[] {
  return service.type === 'entry' ? (service.object.spec?.subjectAltNames ?? []) : []
}

/** Certificate and authorities may come from two Secrets. */
function together(keys: readonly string[], credentials: View['credentials']): Credential {
  const found = keys.map((key): Credential => credentials[key] ?? {problem: `${key} has not been read`})
  const bad = found.filter(({problem}) => problem !== undefined)
  return bad[0] === undefined ? Object.assign({}, ...found) : (bad.find(({isServedYet}) => isServedYet !== true) ?? bad[0])
}

function fromCredential({mode}: ClientTlsSettings, {pair, ca, crl, problem, isServedYet}: Credential): Pick<ClientTls, 'ca' | 'crl' | 'client' | 'problem'> {
  if (problem !== undefined) return {problem: isServedYet === true ? `${problem} (the running gateway has the last good one until it is restarted)` : problem}
  if (mode === 'MUTUAL' && pair === undefined) return {problem: 'mode MUTUAL has no client certificate'}
  return {...(ca !== undefined && {ca}), ...(crl !== undefined && {crl}), ...(mode === 'MUTUAL' && pair !== undefined && {client: pair})}
}

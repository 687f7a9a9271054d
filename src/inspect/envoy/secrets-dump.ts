import type {JsonObject} from '../../api/object.js'
import type {SdsNames} from '../../routing/routing.js'
import type {ProxyView} from '../proxy-view.js'
import {toBase64} from './to-base64.js'

const SECRET = 'type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.Secret'
/** What Envoy's config dump shows in place of a secret. */
const REDACTED = toBase64('[redacted]')

/** A secret as a listener or a cluster names it; what it was never given is undefined. */
interface NamedSecret {
  readonly name: string
  readonly value: JsonObject | undefined
}

/** Envoy's SecretsConfigDump: what its listeners and clusters have been given, and what they still wait for. */
export function secretsDump({listeners, clusters}: ProxyView, {version}: {readonly version: string}): JsonObject {
  const servers = listeners.flatMap(({chains}) =>
    chains.flatMap(({tls}) =>
      tls === undefined
        ? []
        : secretsOf(
            tls.sds,
            tls.certificates.map(({certificate}) => certificate),
            tls.ca,
          ),
    ),
  )
  const clients = Object.values(clusters).flatMap(({tls}) =>
    tls === undefined ? [] : secretsOf(tls.sds, tls.client === undefined ? [] : [tls.client.certificate], tls.ca),
  )
  const secrets = [...new Map([...servers, ...clients].map((secret) => [secret.name, secret])).values()]
  const entry = ({name, value}: NamedSecret) => ({
    name,
    versionInfo: value === undefined ? 'uninitialized' : version,
    secret: {'@type': SECRET, name, ...value},
  })
  return {
    '@type': 'type.googleapis.com/envoy.admin.v3.SecretsConfigDump',
    dynamicActiveSecrets: secrets.filter(({value}) => value !== undefined).map(entry),
    dynamicWarmingSecrets: secrets.filter(({value}) => value === undefined).map(entry),
  }
}

function secretsOf(names: SdsNames | undefined, certificates: readonly string[], ca: string | undefined): readonly NamedSecret[] {
  const {certificates: wanted = [], authorities} = names ?? {}
  const pairs = wanted.map((name, i): NamedSecret => ({name, value: certificates[i] === undefined ? undefined : certificateValue(certificates[i])}))
  return authorities === undefined
    ? pairs
    : [...pairs, {name: authorities, value: ca === undefined ? undefined : {validationContext: {trustedCa: {inlineBytes: toBase64(ca)}}}}]
}

function certificateValue(certificate: string): JsonObject {
  return {tlsCertificate: {certificateChain: {inlineBytes: toBase64(certificate)}, privateKey: {inlineBytes: REDACTED}}}
}

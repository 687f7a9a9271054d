import type {Json} from '../../api/object.js'
import {at, textAt} from '../envoy/reading.js'
import {fromBase64} from '../envoy/to-base64.js'

/** What a certificate says of itself, and whether that holds now. */
export interface CertificateFacts {
  readonly isValid: boolean
  /** In hex, without zeros in front. */
  readonly serialNumber: string
  /** RFC 3339, to the second. */
  readonly notAfter: string
  readonly notBefore: string
}

/** Reads the first certificate of a PEM text; undefined where there is none. */
export type ReadCertificate = (pem: string) => CertificateFacts | undefined

const HEADER = ['RESOURCE NAME', 'TYPE', 'STATUS', 'VALID CERT', 'SERIAL NUMBER', 'NOT AFTER', 'NOT BEFORE']

/** What istioctl says in place of an empty table. */
export const NO_SECRETS = 'No active or warming secrets found.\n'

/** The secrets of a SecretsConfigDump, for the table. */
export interface DumpedSecrets {
  readonly warming: readonly Json[]
  readonly active: readonly Json[]
}

/** `istioctl proxy-config secret`: a header and a row for each secret, those waited for first (istioctl writer/compare/sds). */
export function secretTable({warming, active}: DumpedSecrets, read: ReadCertificate): readonly (readonly string[])[] {
  return [HEADER, ...warming.map((entry) => rowOf(entry, 'WARMING', read)), ...active.map((entry) => rowOf(entry, 'ACTIVE', read))]
}

function rowOf(entry: Json, status: string, read: ReadCertificate): readonly string[] {
  const name = textAt(entry, 'name')
  const secret = at(entry, 'secret')
  const chain = bytesAt(at(secret, 'tlsCertificate', 'certificateChain'))
  const roots = bytesAt(at(secret, 'validationContext', 'trustedCa'))
  const type = chain !== '' ? 'Cert Chain' : roots !== '' ? 'CA' : ''
  const facts = read(chain === '' ? roots : chain)
  if (facts === undefined) return [name, type, status, 'false', '', '', '']
  return [name, type, status, String(facts.isValid), facts.serialNumber, facts.notAfter, facts.notBefore]
}

function bytesAt(source: Json | undefined): string {
  return textAt(source, 'inlineString') || fromBase64(textAt(source, 'inlineBytes'))
}

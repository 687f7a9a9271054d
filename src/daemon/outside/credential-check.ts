import {createPrivateKey, X509Certificate, type KeyObject} from 'node:crypto'
import {createSecureContext} from 'node:tls'
import type {Credential} from '../../routing/objects/credential.js'

/** PEM texts as they were found. */
export interface CredentialMaterial {
  readonly certificate?: string
  readonly privateKey?: string
  readonly ca?: string
  readonly crl?: string
}

const CERTIFICATE = /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----[\s\S]+?-----END (?:TRUSTED |X509 )?CERTIFICATE-----/g

/**
 * The material as a credential: everything can be parsed, the key belongs to the (first) certificate, OpenSSL would serve with it. Else the
 * credential has a `problem` and nothing more. A certificate out of its time is used all the same, with a `warning`, as Envoy does.
 */
export function checkCredential(material: CredentialMaterial, nowMs: number): Credential {
  try {
    const {certificate, privateKey, ca, crl} = material
    const chain = certificate === undefined ? [] : parseCertificates(certificate, 'the certificate')
    const authorities = ca === undefined ? [] : parseCertificates(ca, 'the CA certificate')
    if (privateKey !== undefined) mustFit(parseKey(privateKey), chain[0])
    mustServe(material)
    const warning = [...chain, ...authorities].map((parsed) => outOfTime(parsed, nowMs)).find((text) => text !== undefined)
    return {
      ...(certificate !== undefined && privateKey !== undefined && {pair: {certificate, privateKey}}),
      ...(ca !== undefined && {ca}),
      ...(crl !== undefined && {crl}),
      ...(warning !== undefined && {warning}),
    }
  } catch (error) {
    return {problem: error instanceof Error ? error.message : String(error)}
  }
}

function parseCertificates(pem: string, what: string): readonly X509Certificate[] {
  const blocks = pem.match(CERTIFICATE)
  if (blocks === null) throw new Error(`${what} is no PEM certificate`)
  try {
    return blocks.map((block) => new X509Certificate(block))
  } catch (error) {
    throw new Error(`${what} cannot be parsed: ${reasonOf(error)}`, {cause: error})
  }
}

function parseKey(pem: string): KeyObject {
  try {
    return createPrivateKey(pem)
  } catch (error) {
    throw new Error(`the private key cannot be parsed: ${reasonOf(error)}`, {cause: error})
  }
}

function mustFit(key: KeyObject, certificate: X509Certificate | undefined): void {
  if (certificate !== undefined && !certificate.checkPrivateKey(key)) throw new Error('the private key does not belong to the certificate')
}

/** OpenSSL has the last word, e.g. on keys that are too short and on revocation lists, which Node parses nowhere else. */
function mustServe({certificate, privateKey, ca, crl}: CredentialMaterial): void {
  try {
    createSecureContext({...(certificate && {cert: certificate}), ...(privateKey && {key: privateKey}), ...(ca && {ca}), ...(crl && {crl})})
  } catch (error) {
    throw new Error(`OpenSSL does not take it: ${reasonOf(error)}`, {cause: error})
  }
}

function outOfTime({subject, validFrom, validTo}: X509Certificate, nowMs: number): string | undefined {
  const name = subject.replaceAll('\n', ', ')
  if (Date.parse(validTo) < nowMs) return `the certificate of ${name} expired on ${new Date(validTo).toISOString()}`
  return Date.parse(validFrom) > nowMs ? `the certificate of ${name} is not valid before ${new Date(validFrom).toISOString()}` : undefined
}

/** OpenSSL's errors carry the code path; the words come last. */
function reasonOf(error: unknown): string {
  return error instanceof Error ? (error.message.split(':').at(-1) ?? '').trim() : String(error)
}

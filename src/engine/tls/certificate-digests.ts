import {createHash, type X509Certificate} from 'node:crypto'
import type {CertificateDigests} from '../../routing/routing.js'

/** Whether a certificate, or its public key, has one of the SHA-256 digests (Envoy DefaultCertValidator: either list will do). */
export function hasOneOf(certificate: X509Certificate, digests: CertificateDigests): boolean {
  if (digests.certificate.includes(createHash('sha256').update(certificate.raw).digest('hex'))) return true
  if (digests.publicKey.length === 0) return false
  const spki = certificate.publicKey.export({type: 'spki', format: 'der'})
  return digests.publicKey.includes(createHash('sha256').update(spki).digest('base64'))
}

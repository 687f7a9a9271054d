import {createPrivateKey, X509Certificate} from 'node:crypto'
import type {Secret} from '../../analyze/inventory.js'

/** Certificate and key by the names Istio knows: those of kubernetes.io/tls, and its own older ones. */
const NAMES = [
  ['tls.crt', 'tls.key'],
  ['cert', 'key'],
] as const

/** Whether a Secret holds a certificate that is valid at `nowMs` and the private key that belongs to it. */
export function isUsableSecret({data = {}}: Secret, nowMs: number): boolean {
  const [certificateName, keyName] = NAMES.find(([name]) => data[name] !== undefined) ?? NAMES[0]
  try {
    const certificate = new X509Certificate(decode(data[certificateName]))
    const isCurrent = Date.parse(certificate.validFrom) <= nowMs && nowMs <= Date.parse(certificate.validTo)
    return isCurrent && certificate.checkPrivateKey(createPrivateKey(decode(data[keyName])))
  } catch {
    return false // what OpenSSL cannot read, a gateway cannot use
  }
}

function decode(text = ''): Buffer {
  return Buffer.from(text, 'base64')
}

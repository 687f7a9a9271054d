import {X509Certificate} from 'node:crypto'
import type {ReadCertificate} from '../../inspect/tables/secrets.js'

/** Tells what the first certificate of a PEM text says, as of a moment. */
export function certificateReader(nowMs: number): ReadCertificate {
  return (pem) => {
    const [block] = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/.exec(pem) ?? []
    if (block === undefined) return undefined
    try {
      const {serialNumber, validFrom, validTo} = new X509Certificate(block)
      const [notBefore, notAfter] = [Date.parse(validFrom), Date.parse(validTo)]
      const isValid = notBefore <= nowMs && nowMs <= notAfter
      return {isValid, serialNumber: serialNumber.toLowerCase().replace(/^0+(?=.)/, ''), notAfter: rfc3339(notAfter), notBefore: rfc3339(notBefore)}
    } catch {
      return undefined // a dump may have anything in it: istioctl, too, shows the secret without its facts
    }
  }
}

function rfc3339(ms: number): string {
  return new Date(ms).toISOString().replace('.000Z', 'Z')
}

import {existsSync, readFileSync} from 'node:fs'
import {rootCertificates} from 'node:tls'

/** Where systems keep the authorities they trust; the first there is counts (Istio security/pkg/credentialfetcher, `GetOSRootFilePath`). */
const FILES = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/pki/tls/cacert.pem',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/ssl/cert.pem',
]

/** The PEM of the authorities this system trusts; Node's own list where it keeps none. */
export function systemAuthorities(): readonly string[] {
  const file = FILES.find((name) => existsSync(name))
  return file === undefined ? rootCertificates : [readFileSync(file, 'utf8')]
}

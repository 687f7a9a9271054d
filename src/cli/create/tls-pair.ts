import {createPrivateKey, X509Certificate, type KeyObject} from 'node:crypto'
import {readFile} from 'node:fs/promises'
import {UserError} from '../../base/user-error.js'

export interface TlsPair {
  readonly cert: Buffer
  readonly key: Buffer
}

/** Reads a certificate and its key, and makes sure that they belong together. Throws a UserError in kubectl's (Go's) words. */
export async function readTlsPair(certFile: string, keyFile: string): Promise<TlsPair> {
  const cert = await read(certFile)
  const key = await read(keyFile)
  checkPair(parseCertificate(cert), parseKey(key))
  return {cert, key}
}

async function read(file: string): Promise<Buffer> {
  return readFile(file).catch((error: unknown) => {
    const {code, message} = error as NodeJS.ErrnoException
    throw new UserError(`Cannot read file ${file}, open ${file}: ${code === 'ENOENT' ? 'no such file or directory' : message}`)
  })
}

function parseCertificate(pem: Buffer): X509Certificate {
  if (!/-----BEGIN CERTIFICATE-----/.test(pem.toString('latin1'))) throw new UserError('tls: failed to find any PEM data in certificate input')
  try {
    return new X509Certificate(pem)
  } catch (error) {
    throw new UserError(`tls: failed to parse certificate: ${(error as Error).message}`, {cause: error})
  }
}

function parseKey(pem: Buffer): KeyObject {
  if (!/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(pem.toString('latin1'))) throw new UserError('tls: failed to find any PEM data in key input')
  try {
    return createPrivateKey(pem)
  } catch (error) {
    throw new UserError('tls: failed to parse private key', {cause: error})
  }
}

function checkPair(certificate: X509Certificate, key: KeyObject): void {
  if (certificate.publicKey.asymmetricKeyType !== key.asymmetricKeyType) throw new UserError('tls: private key type does not match public key type')
  if (!certificate.checkPrivateKey(key)) throw new UserError('tls: private key does not match public key')
}

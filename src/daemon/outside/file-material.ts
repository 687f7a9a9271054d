import {constants} from 'node:fs'
import {open} from 'node:fs/promises'
import type {FilesRequest} from '../../routing/tls/credential-request.js'
import type {CredentialMaterial} from './credential-check.js'

/** More than any chain or list of authorities in use; a device that never ends stops here. */
const MAX_BYTES = 1024 * 1024

/** The texts of the files a request names. Throws an Error that names the file that cannot be read; never says what is in it. */
export async function fileMaterial({certificate, privateKey, ca, crl}: FilesRequest): Promise<CredentialMaterial> {
  const named = Object.entries({certificate, privateKey, ca, crl}).flatMap(([field, path]) => (path === undefined ? [] : [[field, path] as const]))
  return Object.fromEntries(await Promise.all(named.map(async ([field, path]) => [field, await readText(path)] as const)))
}

async function readText(path: string): Promise<string> {
  let file
  try {
    file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK) // a named pipe would keep us waiting for its writer
    const stat = await file.stat()
    if (!stat.isFile()) throw new Error('it is no regular file')
    if (stat.size > MAX_BYTES) throw new Error(`it is larger than ${MAX_BYTES} bytes`)
    const {buffer, bytesRead} = await file.read(Buffer.alloc(stat.size), 0, stat.size, 0)
    return buffer.toString('utf8', 0, bytesRead)
  } catch (error) {
    throw new Error(`file ${path}: ${reasonOf(error)}`, {cause: error})
  } finally {
    await file?.close()
  }
}

function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code
  if (code === 'ENOENT') return 'it does not exist'
  if (code === 'EACCES') return 'it may not be read'
  return code ?? (error instanceof Error ? error.message : String(error))
}

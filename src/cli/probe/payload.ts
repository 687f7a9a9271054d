import {readFile} from 'node:fs/promises'
import {UserError} from '../../base/user-error.js'
import {parseHexPayload} from '../../probe/hex-payload.js'
import {tutorialDate} from '../../probe/tutorial-date.js'

export interface PayloadFlags {
  readonly message?: string | undefined
  readonly stdin: boolean
  readonly hex?: string | undefined
  readonly 'send-file'?: string | undefined
}

const LIMIT_BYTES = 64 * 1024 * 1024

/** What every connection sends: a message as a line, bytes, a file, all of standard input, or the date of its moment. Throws a UserError with exit code 2. */
export async function payloadOf({message, stdin, hex, 'send-file': file}: PayloadFlags, input: AsyncIterable<Buffer | string>): Promise<() => string | Buffer> {
  if (message !== undefined) return always(`${message}\n`)
  if (hex !== undefined) return always(parseHexPayload(hex))
  if (file !== undefined) return always(await readPayload(file))
  return stdin ? always(await readAll(input)) : () => `${tutorialDate(Date.now())}\n`
}

function always(payload: string | Buffer): () => string | Buffer {
  return () => payload
}

async function readPayload(file: string): Promise<Buffer> {
  return readFile(file).catch((error: unknown) => {
    throw new UserError(`cannot read ${file}: ${(error as Error).message}`, {exitCode: 2})
  })
}

async function readAll(input: AsyncIterable<Buffer | string>): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of input) {
    const bytes = Buffer.from(chunk)
    size += bytes.length
    if (size > LIMIT_BYTES) throw new UserError('standard input is larger than 64 MiB', {exitCode: 2})
    chunks.push(bytes)
  }
  return Buffer.concat(chunks)
}

import {UserError} from '../../base/user-error.js'
import {tutorialDate} from '../../probe/tutorial-date.js'

const LIMIT_BYTES = 64 * 1024 * 1024

/** What every connection sends: the message as a line, all of standard input, or the date of its moment. */
export async function payloadOf({message, stdin}: {message?: string | undefined; stdin: boolean}, input: AsyncIterable<Buffer | string>): Promise<() => string | Buffer> {
  if (message !== undefined) return () => `${message}\n`
  if (!stdin) return () => `${tutorialDate(Date.now())}\n`
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of input) {
    const bytes = Buffer.from(chunk)
    size += bytes.length
    if (size > LIMIT_BYTES) throw new UserError('standard input is larger than 64 MiB', {exitCode: 2})
    chunks.push(bytes)
  }
  const all = Buffer.concat(chunks)
  return () => all
}

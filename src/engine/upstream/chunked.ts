const CRLF = Buffer.from('\r\n')

/** The body that ends a chunked message (RFC 9112 §7.1). */
export const LAST_CHUNK = Buffer.from('0\r\n\r\n')

/** `bytes` as one chunk; there must be some. */
export function encodeChunk(bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`, 'latin1'), bytes, CRLF])
}

/** A chunk's size line, or a trailer's, may be so long. */
const MAX_LINE = 4096

/** Takes the chunks off a body, wherever its bytes are cut. */
export class ChunkDecoder {
  #state: 'size' | 'data' | 'data end' | 'trailer' | 'done' | 'broken' = 'size'
  #line = ''
  #left = 0

  get isDone(): boolean {
    return this.#state === 'done'
  }

  /** What follows the last chunk is not looked at. */
  get isBroken(): boolean {
    return this.#state === 'broken'
  }

  /** What `bytes` carry of the body. */
  decode(bytes: Buffer): readonly Buffer[] {
    const parts: Buffer[] = []
    let at = 0
    while (at < bytes.length && !this.isDone && !this.isBroken) at = this.#state === 'data' ? this.#takeData(bytes, at, parts) : this.#takeLine(bytes, at)
    return parts
  }

  #takeData(bytes: Buffer, at: number, parts: Buffer[]): number {
    const part = bytes.subarray(at, at + this.#left)
    parts.push(part)
    this.#left -= part.length
    if (this.#left === 0) this.#state = 'data end'
    return at + part.length
  }

  #takeLine(bytes: Buffer, at: number): number {
    const end = bytes.indexOf(10, at)
    this.#line += bytes.toString('latin1', at, end < 0 ? bytes.length : end)
    if (this.#line.length > MAX_LINE) this.#state = 'broken'
    if (end < 0) return bytes.length
    const line = this.#line.replace(/\r$/, '')
    this.#line = ''
    if (!this.isBroken) this.#endLine(line)
    return end + 1
  }

  #endLine(line: string): void {
    if (this.#state === 'data end') this.#state = line === '' ? 'size' : 'broken'
    else if (this.#state === 'trailer') this.#state = line === '' ? 'done' : 'trailer'
    else this.#startChunk(/^([0-9a-f]{1,8})\s*(?:;.*)?$/i.exec(line)?.[1])
  }

  #startChunk(size: string | undefined): void {
    this.#left = Number.parseInt(size ?? '', 16)
    if (size === undefined) this.#state = 'broken'
    else this.#state = this.#left === 0 ? 'trailer' : 'data'
  }
}

import type {Socket} from 'node:net'
import {Duplex} from 'node:stream'
import {ChunkDecoder, encodeChunk, LAST_CHUNK} from './chunked.js'
import type {ResponseHead} from './http-head.js'

/**
 * The bytes within a POST and its response: what is written goes out in chunks, what is read comes out of the response's body, whichever way that says
 * its length. Ending it ends the request, not the socket; it has its end when the response has. It owns the socket. Errors of either are errors of both.
 */
export class PostBody extends Duplex {
  readonly #takeBody: (bytes: Buffer) => BodyPart

  constructor(
    private readonly socket: Socket,
    head: ResponseHead,
  ) {
    super({allowHalfOpen: true})
    this.#takeBody = bodyReader(head)
    socket.on('data', (chunk: Buffer) => this.#receive(chunk))
    socket.on('end', () => this.push(null))
    socket.on('error', (error) => this.destroy(error))
    socket.on('close', () => this.destroy())
    this.#receive(NOTHING) // where the head promises nothing, that is all
  }

  override _read(): void {
    this.socket.resume()
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.socket.write(chunk.length === 0 ? NOTHING : encodeChunk(chunk), done)
  }

  override _final(done: (error?: Error | null) => void): void {
    this.socket.write(LAST_CHUNK, done)
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.socket.destroy()
    done(error)
  }

  #receive(chunk: Buffer): void {
    const {parts, state} = this.#takeBody(chunk)
    let wantsMore = true
    for (const part of parts) if (part.length > 0) wantsMore = this.push(part)
    if (state === 'broken') this.destroy(Object.assign(new Error('the chunks of the response are broken'), {code: 'EPROTO'}))
    else if (state === 'done') this.push(null)
    if (!wantsMore || state !== 'open') this.socket.pause()
  }
}

const NOTHING = Buffer.alloc(0)

interface BodyPart {
  readonly parts: readonly Buffer[]
  readonly state: 'open' | 'done' | 'broken'
}

/** RFC 9112 §6.3: no body, chunks, a length, or all until the connection ends. */
function bodyReader({status, headers}: ResponseHead): (bytes: Buffer) => BodyPart {
  if (status !== 204 && /\bchunked$/i.test(headers.get('transfer-encoding') ?? '')) return chunkReader()
  const length = headers.get('content-length')
  let left = status === 204 ? 0 : length === undefined ? Infinity : Number(length)
  return (bytes) => {
    const part = bytes.subarray(0, left)
    left -= part.length
    return {parts: [part], state: left > 0 ? 'open' : 'done'}
  }
}

function chunkReader(): (bytes: Buffer) => BodyPart {
  const decoder = new ChunkDecoder()
  return (bytes) => {
    const parts = decoder.decode(bytes)
    if (decoder.isBroken) return {parts, state: 'broken'}
    return {parts, state: decoder.isDone ? 'done' : 'open'}
  }
}

/** As much of a ClientHello, with its record headers, as Envoy's TLS inspector reads (`max_client_hello_size`). */
export const MAX_CLIENT_HELLO_BYTES = 16 * 1024

/** What a client says of itself in a ClientHello; both are absent where it speaks no TLS. */
export interface ClientHello {
  /** Lower case. */
  readonly serverName?: string
  /** The ALPN protocols it offers, in its order. */
  readonly applicationProtocols?: readonly string[]
}

export type ClientHelloAnswer =
  /** It cannot be said before so many bytes, counted from the first, have come. */
  | {readonly type: 'more'; readonly needed: number}
  | {readonly type: 'hello'; readonly hello: ClientHello}
  /** No TLS, or broken: as Envoy, nobody tells the two apart. */
  | {readonly type: 'plain'}
  | {readonly type: 'too long'}

const RECORD_HEADER = 5
const MESSAGE_HEADER = 4
const HANDSHAKE = 22
const CLIENT_HELLO = 1
const MAX_RECORD = 16 * 1024
const SERVER_NAME = 0
const HOST_NAME = 0
const APPLICATION_PROTOCOLS = 16

const PLAIN: ClientHelloAnswer = {type: 'plain'}

/**
 * What the first bytes of a connection say of its client, whether the ClientHello came in one record or in many. Never throws, and never asks for more
 * than `MAX_CLIENT_HELLO_BYTES`. Like BoringSSL, on which Envoy's inspector stands, it decides nothing before a whole record header (5 bytes) is there.
 */
export function parseClientHello(bytes: Buffer): ClientHelloAnswer {
  const message = readMessage(bytes)
  if (!Buffer.isBuffer(message)) return message
  const hello = readHello(new Reader(message))
  return hello === undefined ? PLAIN : {type: 'hello', hello}
}

/** The body of the handshake message that the records at the start of `bytes` carry. */
function readMessage(bytes: Buffer): Buffer | ClientHelloAnswer {
  const fragments: Buffer[] = []
  let size = 0
  let length = Infinity
  for (let at = 0; size < length; ) {
    if (bytes.length < at + RECORD_HEADER) return more(at + RECORD_HEADER)
    const recordLength = bytes.readUInt16BE(at + 3)
    if (bytes[at] !== HANDSHAKE || bytes[at + 1] !== 3 || recordLength === 0 || recordLength > MAX_RECORD) return PLAIN
    const end = at + RECORD_HEADER + recordLength
    if (bytes.length < end || end > MAX_CLIENT_HELLO_BYTES) return more(end)
    fragments.push(bytes.subarray(at + RECORD_HEADER, end))
    size += recordLength
    at = end
    if (length === Infinity && size >= MESSAGE_HEADER) {
      const header = Buffer.concat(fragments)
      if (header[0] !== CLIENT_HELLO) return PLAIN
      length = MESSAGE_HEADER + header.readUIntBE(1, 3)
      if (length > MAX_CLIENT_HELLO_BYTES) return {type: 'too long'}
    }
  }
  return Buffer.concat(fragments).subarray(MESSAGE_HEADER, length)
}

function more(needed: number): ClientHelloAnswer {
  return needed > MAX_CLIENT_HELLO_BYTES ? {type: 'too long'} : {type: 'more', needed}
}

/** RFC 8446 §4.1.2; undefined where the message is broken. */
function readHello(message: Reader): ClientHello | undefined {
  message.take(2 + 32) // version, random
  message.vector(1) // session id
  message.vector(2) // cipher suites
  message.vector(1) // compression methods
  if (message.isAtEnd) return message.isBroken ? undefined : {}
  const extensions = message.vector(2)
  let hello: ClientHello = {}
  while (!extensions.isAtEnd) {
    const type = extensions.number(2)
    const body = extensions.vector(2)
    if (type === SERVER_NAME) hello = {...hello, ...readServerName(body, extensions)}
    else if (type === APPLICATION_PROTOCOLS) hello = {...hello, ...readProtocols(body)}
  }
  return message.isBroken || extensions.isBroken || !message.isAtEnd ? undefined : hello
}

/** RFC 6066 §3: a list with exactly one host name. A broken one breaks the whole message. */
function readServerName(body: Reader, extensions: Reader): ClientHello {
  const names = body.vector(2)
  const type = names.number(1)
  const name = names.vector(2).rest().toString('latin1')
  const isGood = type === HOST_NAME && name !== '' && !name.includes('\0') && name.length <= 255
  if (!isGood || names.isBroken || body.isBroken || !names.isAtEnd || !body.isAtEnd) extensions.fail()
  return {serverName: name.toLowerCase()}
}

/** RFC 7301 §3.1. A broken list counts as none. */
function readProtocols(body: Reader): ClientHello {
  const list = body.vector(2)
  const applicationProtocols: string[] = []
  while (!list.isAtEnd) applicationProtocols.push(list.vector(1).rest().toString('latin1'))
  const isGood = !list.isBroken && !body.isBroken && body.isAtEnd && !applicationProtocols.includes('')
  return isGood && applicationProtocols.length > 0 ? {applicationProtocols} : {}
}

/** Reads on and on; where bytes are missing it is at its end, and broken. */
class Reader {
  isBroken = false
  #at = 0

  constructor(private readonly bytes: Buffer) {}

  get isAtEnd(): boolean {
    return this.#at >= this.bytes.length
  }

  take(count: number): Buffer {
    const taken = this.bytes.subarray(this.#at, this.#at + count)
    this.#at += count
    if (taken.length < count) this.fail()
    return taken
  }

  number(size: 1 | 2): number {
    const bytes = this.take(size)
    return bytes.length < size ? 0 : bytes.readUIntBE(0, size)
  }

  /** As many bytes as the number before them says. */
  vector(lengthSize: 1 | 2): Reader {
    return new Reader(this.take(this.number(lengthSize)))
  }

  rest(): Buffer {
    return this.take(this.bytes.length - this.#at)
  }

  fail(): void {
    this.isBroken = true
    this.#at = this.bytes.length
  }
}

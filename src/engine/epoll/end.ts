import {constants} from 'node:os'
import {formatHostPort} from '../host-port.js'
import type {EventLoop, Watched} from './event-loop.js'
import type {NativeMemory} from './libc.js'
import * as linux from './linux.js'
import type {Sockets} from './sockets.js'

const {EAGAIN} = constants.errno
/** Bytes read at a time, and so the most that can wait for an end that takes no more. */
export const BUFFER_BYTES = 128 * 1024
/** What one end may pass on before others have their turn. */
const MOST_AT_ONCE = 8 * BUFFER_BYTES
const AT_AN_END = linux.EPOLLRDHUP | linux.EPOLLHUP | linux.EPOLLERR
const READABLE = linux.EPOLLIN | AT_AN_END

/** What all ends of an engine share. The buffer is used within one call only. */
export interface EndTools {
  readonly loop: EventLoop
  readonly sockets: Sockets
  readonly buffer: NativeMemory
}

/** Whose end it is. */
export interface EndOwner {
  /** Called for every event before it is forwarded anything. */
  ready(end: End): void
  /** `end` has read so many bytes. */
  received(end: End, count: number): void
  /** What had to wait was written. */
  sent(): void
  /** Both ends are closed. */
  ended(): void
}

/**
 * One end of a connection: a socket, what could not be written to it yet, and the end that gets what it reads. Nothing is read as long as something waits to
 * be written to the other end. Events are edges: `#isReadable` holds from one until the kernel has nothing left.
 */
export class End implements Watched {
  peer: End | undefined
  /** Ready to connect, or failed to. */
  isWritable = false
  isClosed = false
  #isReadable = false
  /** The kernel knows of an end or an error: after a short read there is more to hear. */
  #seesEnd = false
  #hasFailed = false
  #isFinished = false
  #isShut = false
  #unsent: Buffer | undefined
  #resetsWhenFlushed = false
  #isWatched = false

  constructor(
    readonly fd: number,
    private readonly owner: EndOwner,
    private readonly tools: EndTools,
  ) {}

  /** Lets the owner know of events; false where the kernel has no room. */
  watch(): boolean {
    this.#isWatched ||= this.tools.loop.add(this, linux.EPOLLIN | linux.EPOLLOUT | linux.EPOLLRDHUP | linux.EPOLLET)
    return this.#isWatched
  }

  ready(events: number): void {
    if ((events & READABLE) !== 0) this.#isReadable = true
    if ((events & AT_AN_END) !== 0) this.#seesEnd = true
    if ((events & linux.EPOLLERR) !== 0) this.#hasFailed = true
    if ((events & (linux.EPOLLOUT | AT_AN_END)) !== 0) this.isWritable = true
    if (this.peer === undefined) this.owner.ready(this)
    else this.go()
  }

  resume(): void {
    if (!this.isClosed) this.#receive()
  }

  /** Forwards both ways as far as it goes now. */
  go(): void {
    if (this.#unsent !== undefined && this.isWritable) this.#flush()
    if (!this.isClosed) this.#receive()
  }

  /** The first bytes, which stay where they are: how many came into the tools' buffer; 0 is the end, -1 that there are none yet. */
  peek(size: number): number {
    const {sockets, buffer} = this.tools
    const count = sockets.libc.recv(this.fd, buffer.address, Math.min(size, BUFFER_BYTES), linux.MSG_PEEK)
    if (count >= 0) return count
    return sockets.libc.errno() === EAGAIN ? -1 : 0
  }

  /** It has sent its last byte already, whether or not that was read. */
  get seesEnd(): boolean {
    return this.#seesEnd
  }

  close(): void {
    if (this.isClosed) return
    this.isClosed = true
    this.#unsent = undefined
    this.tools.loop.forget(this)
    this.tools.sockets.libc.close(this.fd)
  }

  get remoteAddress(): string | undefined {
    return this.tools.sockets.remote(this.fd)?.address
  }

  get remotePort(): number | undefined {
    return this.tools.sockets.remote(this.fd)?.port
  }

  get localAddress(): string | undefined {
    return this.tools.sockets.local(this.fd)?.address
  }

  get localPort(): number | undefined {
    return this.tools.sockets.local(this.fd)?.port
  }

  /** `host:port` of this side, undefined for a unix socket. */
  get localName(): string | undefined {
    const local = this.tools.sockets.local(this.fd)
    return local && formatHostPort(local.address, local.port)
  }

  #receive(): void {
    if (this.#isFinished) return this.#hasFailed ? this.#fail() : undefined
    const {sockets, buffer, loop} = this.tools
    for (let left = MOST_AT_ONCE; this.#mayRead(); left -= BUFFER_BYTES) {
      if (left <= 0) return loop.runAgain(this)
      const count = sockets.libc.recv(this.fd, buffer.address, BUFFER_BYTES, 0)
      if (count === 0) return this.#finish()
      if (count < 0) return this.#receiveFailed(sockets.libc.errno())
      if (count < BUFFER_BYTES && !this.#seesEnd) this.#isReadable = false // the next byte is a new edge
      this.owner.received(this, count)
      if (this.peer !== undefined) this.peer.#write(count)
    }
  }

  #mayRead(): boolean {
    return this.#isReadable && !this.isClosed && this.peer !== undefined && !this.peer.isClosed && this.peer.#unsent === undefined
  }

  #receiveFailed(errno: number): void {
    if (errno === EAGAIN) this.#isReadable = false
    else this.#fail()
  }

  /** Writes what the other end has just put into the buffer, and keeps what does not go out. */
  #write(size: number): void {
    const {buffer} = this.tools
    const count = this.#send(size)
    if (count === undefined || count === size) return
    this.isWritable = false
    this.#unsent = Buffer.from(buffer.bytes.subarray(count, size))
  }

  #flush(): void {
    const {bytes} = this.tools.buffer
    const unsent = this.#unsent ?? Buffer.alloc(0)
    unsent.copy(bytes)
    const count = this.#send(unsent.length)
    if (count === undefined) return
    if (count > 0) this.owner.sent()
    if (count < unsent.length) {
      this.isWritable = false
      this.#unsent = unsent.subarray(count)
      return
    }
    this.#unsent = undefined
    if (this.#resetsWhenFlushed) return this.#reset()
    const {peer} = this
    if (peer === undefined) return
    if (peer.#isFinished) this.#shut()
    else peer.resume()
  }

  /** How many bytes of the buffer went out; undefined where this end has failed. */
  #send(size: number): number | undefined {
    const {sockets, buffer} = this.tools
    const count = sockets.libc.send(this.fd, buffer.address, size, linux.MSG_NOSIGNAL)
    if (count >= 0) return count
    if (sockets.libc.errno() === EAGAIN) return 0
    this.#fail()
    return undefined
  }

  /** It sends no more; the other end is told once everything before is written. */
  #finish(): void {
    this.#isFinished = true
    const {peer} = this
    if (peer !== undefined && peer.#unsent === undefined) peer.#shut()
  }

  #shut(): void {
    if (this.isClosed || this.#isShut) return
    this.#isShut = true
    if (this.peer !== undefined && this.peer.#isShut) return this.#endBoth()
    this.tools.sockets.libc.shutdown(this.fd, linux.SHUT_WR)
  }

  #endBoth(): void {
    this.close()
    this.peer?.close()
    this.owner.ended()
  }

  /** Reset, or written to in vain: the other end is reset in turn, after what was received before (Envoy FlushWrite). */
  #fail(): void {
    if (this.isClosed) return
    const {peer} = this
    this.close()
    if (peer === undefined || peer.isClosed) return this.owner.ended()
    if (peer.#unsent === undefined) peer.#reset()
    else peer.#resetsWhenFlushed = true
  }

  #reset(): void {
    if (!this.isClosed) {
      this.isClosed = true
      this.tools.loop.forget(this)
      this.tools.sockets.reset(this.fd)
    }
    this.owner.ended()
  }
}

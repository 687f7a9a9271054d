import {constants} from 'node:os'
import type {EndOwner, EndTools} from './end-owner.js'
import type {Watched} from './event-loop.js'
import * as linux from './linux.js'
import {Outlet} from './outlet.js'
import type {Pipe} from './pipes.js'

const {EAGAIN, EINVAL} = constants.errno
/** Bytes copied at a time, and so the most that can wait for an end that takes no more, but for what is in a pipe. */
export const BUFFER_BYTES = 128 * 1024
/** What one end may pass on before others have their turn. */
const MOST_AT_ONCE = 8 * BUFFER_BYTES
/** Of it, what a wake-up costs at least. */
const LEAST_STEP = 16 * 1024
const EVENTS = linux.EPOLLIN | linux.EPOLLPRI | linux.EPOLLOUT | linux.EPOLLRDHUP | linux.EPOLLET
const AT_AN_END = linux.EPOLLRDHUP | linux.EPOLLHUP | linux.EPOLLERR
const READABLE = linux.EPOLLIN | AT_AN_END

/**
 * One end of a connection: a socket, what could not be written to it yet, and the end that gets what it reads. Nothing is read as long as something waits to
 * be written to the other end. Events are edges: `#isReadable` holds from one until the kernel has nothing left. Bytes are copied through the tools' buffer;
 * as soon as more than it holds flows at once they are spliced through a pipe, which takes two thirds of the processor time.
 */
export class End extends Outlet implements Watched {
  peer: End | undefined
  isClosed = false
  /** It has sent its last byte already, whether or not that was read. */
  seesEnd = false
  #isReadable = false
  #hasFailed = false
  /** A short read may not have been all: an error comes after it, or urgent bytes, which the kernel never reads over. */
  #stopsShort = false
  #isFinished = false
  #isShut = false
  #isBulk = false
  #usesPipes = false
  #resetsWhenFlushed = false
  #isWatched = false

  constructor(
    fd: number,
    private readonly owner: EndOwner,
    tools: EndTools,
  ) {
    super(fd, tools)
  }

  /** Lets the owner know of events; false where the kernel has no room. */
  watch(): boolean {
    this.#isWatched ||= this.tools.loop.add(this, EVENTS)
    return this.#isWatched
  }

  ready(events: number): void {
    if ((events & READABLE) !== 0) this.#isReadable = true
    if ((events & AT_AN_END) !== 0) this.seesEnd = true
    if ((events & linux.EPOLLERR) !== 0) this.#hasFailed = true
    if ((events & (linux.EPOLLERR | linux.EPOLLPRI)) !== 0) this.#stopsShort = true
    if ((events & (linux.EPOLLOUT | AT_AN_END)) !== 0) this.isWritable = true
    if (this.peer === undefined) this.owner.ready(this)
    else this.go()
  }

  resume(): void {
    if (!this.isClosed) this.#receive()
  }

  /** Forwards both ways as far as it goes now. */
  go(): void {
    if (this.hasUnsent && this.isWritable) this.#flush()
    if (!this.isClosed) this.#receive()
  }

  /** The first bytes, which stay where they are: how many came into the tools' buffer; 0 is the end, -1 that there are none yet. */
  peek(size: number): number {
    const {sockets, buffer} = this.tools
    const count = sockets.libc.recv(this.fd, buffer.address, Math.min(size, BUFFER_BYTES), linux.MSG_PEEK)
    if (count >= 0) return count
    return sockets.libc.errno() === EAGAIN ? -1 : 0
  }

  close(): void {
    if (this.isClosed) return
    this.#letGo()
    this.tools.sockets.libc.close(this.fd)
  }

  #receive(): void {
    if (this.#isFinished) return this.#hasFailed ? this.fail() : undefined
    const {loop, pipes, sockets} = this.tools
    let moved = 0
    while (this.#mayRead()) {
      if (moved >= MOST_AT_ONCE) return loop.runAgain(this)
      const pipe = this.#isBulk ? pipes.take() : undefined
      const count = pipe === undefined ? this.#copy() : this.#splice(pipe)
      if (count === 0) return this.#finish()
      if (count < 0) return this.#receiveFailed(sockets.libc.errno(), moved)
      moved += Math.max(count, LEAST_STEP)
    }
  }

  #mayRead(): boolean {
    return this.#isReadable && !this.isClosed && this.peer !== undefined && !this.peer.isClosed && !this.peer.hasUnsent
  }

  /** A short read has emptied the socket (epoll(7)): the next byte is a new edge, and where the end was told of nothing is left to ask for. */
  #copy(): number {
    const count = this.tools.sockets.libc.recv(this.fd, this.tools.buffer.address, BUFFER_BYTES, 0)
    if (count <= 0) return count
    if (count === BUFFER_BYTES) this.#useLargeSteps()
    else if (!this.#stopsShort) this.#isReadable = false
    const isLast = this.seesEnd && !this.#isReadable
    this.owner.received(this, count)
    this.peer?.write(count, isLast)
    if (isLast) this.#finish()
    return count
  }

  #splice(pipe: Pipe): number {
    const {pipes, sockets} = this.tools
    const count = pipe.fill(this.fd)
    if (count > 0) {
      this.owner.received(this, count)
      this.peer?.drain(pipe)
      return count
    }
    pipes.give(pipe)
    if (count === 0 || sockets.libc.errno() !== EINVAL) return count
    pipes.refuse()
    return this.#copy()
  }

  #useLargeSteps(): void {
    if (!this.#usesPipes) this.tools.pipes.enter()
    this.#usesPipes = true
    this.#isBulk = true
  }

  #receiveFailed(errno: number, moved: number): void {
    if (errno !== EAGAIN) return this.fail()
    this.#isReadable = false
    if (moved < BUFFER_BYTES) this.#isBulk = false // so small a wake-up ends the large steps
  }

  #flush(): void {
    const hasMoved = this.flush()
    if (this.isClosed) return
    if (hasMoved) this.owner.sent()
    if (this.hasUnsent) return
    if (this.#resetsWhenFlushed) this.#reset()
    else if (this.peer !== undefined && this.peer.#isFinished) this.#shut()
    else this.peer?.resume()
  }

  /** It sends no more; the other end is told once everything before is written. */
  #finish(): void {
    this.#isFinished = true
    if (this.peer !== undefined && !this.peer.hasUnsent) this.peer.#shut()
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
  protected fail(): void {
    if (this.isClosed) return
    const {peer} = this
    this.close()
    if (peer === undefined || peer.isClosed) return this.owner.ended()
    if (peer.hasUnsent) peer.#resetsWhenFlushed = true
    else peer.#reset()
  }

  #reset(): void {
    if (!this.isClosed) {
      this.#letGo()
      this.tools.sockets.reset(this.fd)
    }
    this.owner.ended()
  }

  /** Of all but the descriptor. */
  #letGo(): void {
    const {loop, pipes} = this.tools
    this.isClosed = true
    this.dropUnsent()
    if (this.#usesPipes) pipes.leave()
    loop.forget(this)
  }
}

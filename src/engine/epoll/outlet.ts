import {constants} from 'node:os'
import type {EndTools} from './end-owner.js'
import {MSG_MORE, MSG_NOSIGNAL} from './linux.js'
import {Pipe} from './pipes.js'
import {SocketNames} from './socket-names.js'

const {EAGAIN} = constants.errno

/** The writing half of a socket: what could not be written to it yet waits here until the kernel says that there is room again. */
export abstract class Outlet extends SocketNames {
  /** There may be room: EPOLLOUT was told, and nothing has been refused since. */
  isWritable = false
  #unsent: Buffer | Pipe | undefined

  constructor(
    fd: number,
    protected readonly tools: EndTools,
  ) {
    super(fd, tools.sockets)
  }

  /** Something waits: nothing more may be written before it. */
  protected get hasUnsent(): boolean {
    return this.#unsent !== undefined
  }

  /** Nobody takes any more. */
  protected abstract fail(): void

  /** Writes so many bytes of the tools' buffer, and keeps what does not go out. `isLast`: the end follows at once, and leaves in the same packet. */
  protected write(size: number, isLast: boolean): void {
    const count = this.#send(size, isLast ? MSG_NOSIGNAL | MSG_MORE : MSG_NOSIGNAL)
    if (count === undefined || count === size) return
    this.isWritable = false
    this.#unsent = Buffer.from(this.tools.buffer.bytes.subarray(count, size))
  }

  /** Passes on what is in the pipe, as far as it goes; the pipe is given back when it is empty. */
  protected drain(pipe: Pipe): void {
    const {pipes, sockets} = this.tools
    this.#unsent = pipe
    while (pipe.length > 0) {
      if (pipe.drain(this.fd) > 0) continue
      this.isWritable = false
      if (sockets.libc.errno() !== EAGAIN) this.fail()
      return
    }
    this.#unsent = undefined
    pipes.give(pipe)
  }

  /** Writes what waits, as far as it goes, and says whether any of it went. */
  protected flush(): boolean {
    const waiting = this.#unsent
    const before = waiting?.length ?? 0
    if (waiting instanceof Pipe) this.drain(waiting)
    else if (waiting !== undefined) this.#writeAgain(waiting)
    return (this.#unsent?.length ?? 0) < before
  }

  protected dropUnsent(): void {
    if (this.#unsent instanceof Pipe) this.tools.pipes.give(this.#unsent)
    this.#unsent = undefined
  }

  #writeAgain(waiting: Buffer): void {
    waiting.copy(this.tools.buffer.bytes)
    const count = this.#send(waiting.length, MSG_NOSIGNAL)
    if (count === undefined) return
    if (count < waiting.length) this.isWritable = false
    this.#unsent = count < waiting.length ? waiting.subarray(count) : undefined
  }

  /** How many bytes of the buffer went out; undefined where it has failed. */
  #send(size: number, flags: number): number | undefined {
    const {sockets, buffer} = this.tools
    const count = sockets.libc.send(this.fd, buffer.address, size, flags)
    if (count >= 0) return count
    if (sockets.libc.errno() === EAGAIN) return 0
    this.fail()
    return undefined
  }
}

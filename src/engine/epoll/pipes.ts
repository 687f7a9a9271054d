import type {Libc, NativeMemory} from './libc.js'
import {F_SETPIPE_SZ, O_CLOEXEC, O_NONBLOCK, SPLICE_F_MOVE, SPLICE_F_NONBLOCK} from './linux.js'

/** What one pipe can hold, where the system lets us. Measured: 64 KiB costs a third more processor time for each byte, 1 MiB brings nothing more. */
const PIPE_BYTES = 256 * 1024
/** Whoever finds none left copies. */
const MOST_PIPES = 64
const FLAGS = SPLICE_F_MOVE | SPLICE_F_NONBLOCK
const TWO_INTS = 8

/**
 * Pipes for splice(2), by which the kernel passes bytes from socket to socket without a copy in user space. One is needed only from `fill` to the last `drain`,
 * so few serve many streams; when the last stream that uses them leaves, they are closed.
 */
export class Pipes {
  readonly #fds: NativeMemory
  #free: Pipe[] = []
  #open = 0
  #users = 0
  #isRefused = false

  constructor(private readonly libc: Libc) {
    this.#fds = libc.allocate(TWO_INTS)
  }

  enter(): void {
    this.#users++
  }

  leave(): void {
    if (--this.#users > 0) return
    for (const pipe of this.#free) this.#close(pipe)
    this.#free = []
  }

  /** The system does not splice from sockets (gVisor, for one). */
  refuse(): void {
    this.#isRefused = true
  }

  /** An empty one, undefined where there are enough or no descriptors. */
  take(): Pipe | undefined {
    if (this.#isRefused) return undefined
    return this.#free.pop() ?? this.#make()
  }

  /** Taking an empty one back leaves `errno` alone; one with bytes in it is closed, and they are lost. */
  give(pipe: Pipe): void {
    if (pipe.length > 0) this.#close(pipe)
    else this.#free.push(pipe)
  }

  #make(): Pipe | undefined {
    if (this.#open >= MOST_PIPES || this.libc.pipe2(this.#fds.address, O_NONBLOCK | O_CLOEXEC) < 0) return undefined
    this.#open++
    const pipe = new Pipe(this.libc, this.#fds.bytes.readInt32LE(0), this.#fds.bytes.readInt32LE(4))
    this.libc.fcntl(pipe.into, F_SETPIPE_SZ, PIPE_BYTES) // refused where a user has many: then it holds 64 KiB
    return pipe
  }

  #close({from, into}: Pipe): void {
    this.#open--
    this.libc.close(from)
    this.libc.close(into)
  }
}

/** A kernel pipe that bytes of one direction pass through between two splices (splice(2)). */
export class Pipe {
  /** Bytes in it. */
  length = 0

  constructor(
    private readonly libc: Libc,
    readonly from: number,
    readonly into: number,
  ) {}

  /** Takes what a socket has received: how many bytes; 0 is its end, -1 a failure, as recv. Only to be called while it is empty. */
  fill(socket: number): number {
    const count = this.libc.splice(socket, 0, this.into, 0, PIPE_BYTES, FLAGS)
    if (count > 0) this.length = count
    return count
  }

  /** Passes on what a socket takes: how many bytes, -1 where it takes none or has failed. */
  drain(socket: number): number {
    const count = this.libc.splice(this.from, 0, socket, 0, this.length, FLAGS)
    if (count > 0) this.length -= count
    return count
  }
}

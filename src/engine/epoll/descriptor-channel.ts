import type {Libc, NativeMemory} from './libc.js'
import {AF_UNIX, MSG_CMSG_CLOEXEC, MSG_DONTWAIT, MSG_NOSIGNAL, SCM_RIGHTS, SOCK_CLOEXEC, SOCK_SEQPACKET, SOL_SOCKET} from './linux.js'

/** The kernel passes at most 253 at a time. */
export const MOST_DESCRIPTORS = 200
const TEXT_BYTES = 64 * 1024
const WORD = 8
const INT = 4
const HEADER_BYTES = 7 * WORD
const CONTROL_HEADER = 2 * WORD
const CONTROL_BYTES = CONTROL_HEADER + MOST_DESCRIPTORS * INT

export interface Parcel {
  readonly text: string
  readonly fds: readonly number[]
}

/** Sends descriptors, each with words that go with it, to another process, and receives them (SCM_RIGHTS over a unix socket). Never waits. */
export class DescriptorChannel {
  readonly #header: NativeMemory
  readonly #vector: NativeMemory
  readonly #text: NativeMemory
  readonly #control: NativeMemory

  constructor(private readonly libc: Libc) {
    this.#header = libc.allocate(HEADER_BYTES)
    this.#vector = libc.allocate(2 * WORD)
    this.#text = libc.allocate(TEXT_BYTES)
    this.#control = libc.allocate(CONTROL_BYTES)
  }

  /** The two ends of a new channel; a child that is to have one of them inherits it by number. */
  openPair(): readonly [number, number] {
    const {address, bytes} = this.#vector
    if (this.libc.socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, address) < 0) throw new Error(`socketpair: errno ${this.libc.errno()}`)
    return [bytes.readInt32LE(0), bytes.readInt32LE(INT)]
  }

  /** The other process gets descriptors of its own; false where it is gone or does not read. */
  send(channel: number, {text, fds}: Parcel): boolean {
    const size = this.#text.bytes.write(text)
    if (size < Buffer.byteLength(text) || fds.length > MOST_DESCRIPTORS) throw new RangeError('too much for one parcel')
    const length = CONTROL_HEADER + fds.length * INT
    const control = this.#control.bytes.fill(0)
    control.writeUInt32LE(length, 0)
    control.writeInt32LE(SOL_SOCKET, WORD)
    control.writeInt32LE(SCM_RIGHTS, WORD + INT)
    fds.forEach((fd, index) => control.writeInt32LE(fd, CONTROL_HEADER + index * INT))
    this.#writeHeader(size, Math.ceil(length / WORD) * WORD)
    return this.libc.sendmsg(channel, this.#header.address, MSG_NOSIGNAL | MSG_DONTWAIT) >= 0
  }

  /** The next parcel, undefined where there is none yet. The descriptors are the caller's. */
  receive(channel: number): Parcel | undefined {
    this.#control.bytes.fill(0)
    this.#writeHeader(TEXT_BYTES, CONTROL_BYTES)
    const size = this.libc.recvmsg(channel, this.#header.address, MSG_DONTWAIT | MSG_CMSG_CLOEXEC)
    if (size <= 0) return undefined
    const control = this.#control.bytes
    const isRights = control.readInt32LE(WORD) === SOL_SOCKET && control.readInt32LE(WORD + INT) === SCM_RIGHTS
    const count = isRights ? Math.floor((Math.min(control.readUInt32LE(0), CONTROL_BYTES) - CONTROL_HEADER) / INT) : 0
    const fds = Array.from({length: count}, (_, index) => control.readInt32LE(CONTROL_HEADER + index * INT))
    return {text: this.#text.bytes.toString('utf8', 0, size), fds}
  }

  /** struct msghdr: name and its length, vector and how many, control and its length, flags. */
  #writeHeader(textSize: number, controlSize: number): void {
    const header = this.#header.bytes.fill(0)
    header.writeBigUInt64LE(BigInt(this.#vector.address), 2 * WORD)
    header.writeUInt32LE(1, 3 * WORD)
    header.writeBigUInt64LE(BigInt(this.#control.address), 4 * WORD)
    header.writeUInt32LE(controlSize, 5 * WORD)
    this.#vector.bytes.writeBigUInt64LE(BigInt(this.#text.address), 0)
    this.#vector.bytes.writeBigUInt64LE(BigInt(textSize), WORD)
  }
}

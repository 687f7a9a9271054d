import {constants} from 'node:os'
import {getSystemErrorName} from 'node:util'
import type {Keepalive} from '../../routing/routing.js'
import type {Libc, NativeMemory} from './libc.js'
import * as linux from './linux.js'
import {ADDRESS_BYTES, familyOf, readSocketAddress, writeSocketAddress} from './socket-address.js'

const {EINPROGRESS} = constants.errno
const FLAGS = linux.SOCK_NONBLOCK | linux.SOCK_CLOEXEC
const BACKLOG = 4096
const INT = 4

/** A new descriptor, or the system's error code such as ECONNREFUSED. */
export type Opened = {readonly fd: number; readonly error?: undefined} | {readonly fd?: undefined; readonly error: string}

interface Place {
  readonly address: string
  readonly port: number
}

/** The rarer calls of libc around sockets, with arguments and results that mean something. Sockets are non-blocking and no child inherits them. */
export class Sockets {
  readonly #address: NativeMemory
  readonly #length: NativeMemory
  readonly #value: NativeMemory

  constructor(readonly libc: Libc) {
    this.#address = libc.allocate(ADDRESS_BYTES)
    this.#length = libc.allocate(INT)
    this.#value = libc.allocate(2 * INT)
  }

  /** A socket that listens; what it accepts does not hold back small packets, since accepted sockets inherit TCP_NODELAY. */
  listen(place: Place): Opened {
    const opened = this.#open(place)
    if (opened.fd === undefined) return opened
    const {fd} = opened
    this.#set(fd, linux.SOL_SOCKET, linux.SO_REUSEADDR, 1)
    this.#set(fd, linux.IPPROTO_TCP, linux.TCP_NODELAY, 1)
    const isListening = this.libc.bind(fd, this.#address.address, this.#addressLength) === 0 && this.libc.listen(fd, BACKLOG) === 0
    return isListening ? opened : this.#giveUp(fd)
  }

  /** A socket that is connecting: it becomes writable once it is connected, or fails. */
  connect(place: Place): Opened {
    const opened = this.#open(place)
    if (opened.fd === undefined) return opened
    const {fd} = opened
    if (!place.address.startsWith('/')) this.#set(fd, linux.IPPROTO_TCP, linux.TCP_NODELAY, 1)
    if (this.libc.connect(fd, this.#address.address, this.#addressLength) === 0 || this.libc.errno() === EINPROGRESS) return opened
    return this.#giveUp(fd)
  }

  /** Why it failed to connect, or was reset: the code; undefined where nothing is wrong. */
  errorOf(fd: number): string | undefined {
    this.#length.bytes.writeUInt32LE(INT)
    if (this.libc.getsockopt(fd, linux.SOL_SOCKET, linux.SO_ERROR, this.#value.address, this.#length.address) < 0) return nameOf(this.libc.errno())
    const errno = this.#value.bytes.readInt32LE(0)
    return errno === 0 ? undefined : nameOf(errno)
  }

  remote(fd: number): Place | undefined {
    return this.#ask(this.libc.getpeername, fd)
  }

  local(fd: number): Place | undefined {
    return this.#ask(this.libc.getsockname, fd)
  }

  keepAlive(fd: number, {timeMs, intervalMs, probes}: Keepalive): void {
    this.#set(fd, linux.SOL_SOCKET, linux.SO_KEEPALIVE, 1)
    if (timeMs !== undefined) this.#set(fd, linux.IPPROTO_TCP, linux.TCP_KEEPIDLE, seconds(timeMs))
    if (intervalMs !== undefined) this.#set(fd, linux.IPPROTO_TCP, linux.TCP_KEEPINTVL, seconds(intervalMs))
    if (probes !== undefined) this.#set(fd, linux.IPPROTO_TCP, linux.TCP_KEEPCNT, probes)
  }

  /** Closes so that the other side sees a reset. A unix socket is just closed. */
  reset(fd: number): void {
    this.#value.bytes.writeInt32LE(1, 0)
    this.#value.bytes.writeInt32LE(0, INT)
    this.libc.setsockopt(fd, linux.SOL_SOCKET, linux.SO_LINGER, this.#value.address, 2 * INT)
    this.libc.close(fd)
  }

  #addressLength = 0
  /** Of those that were used: the endpoints of a routing, thousands of times each. */
  readonly #known = new WeakMap<Place, {readonly family: number; readonly bytes: Uint8Array}>()

  /** And writes the address. */
  #open(place: Place): Opened {
    const known = this.#known.get(place)
    if (known === undefined) return this.#openFirst(place)
    this.#address.bytes.set(known.bytes)
    this.#addressLength = known.bytes.length
    return this.#newSocket(known.family)
  }

  #openFirst(place: Place): Opened {
    const family = familyOf(place.address)
    const length = writeSocketAddress(this.#address.bytes, place)
    if (family === undefined) return {error: 'ENOTFOUND'} // no connection ever waits for DNS
    if (length === undefined) return {error: 'EINVAL'}
    this.#addressLength = length
    this.#known.set(place, {family, bytes: Uint8Array.from(this.#address.bytes.subarray(0, length))})
    return this.#newSocket(family)
  }

  #newSocket(family: number): Opened {
    const fd = this.libc.socket(family, linux.SOCK_STREAM | FLAGS, 0)
    return fd < 0 ? {error: nameOf(this.libc.errno())} : {fd}
  }

  #giveUp(fd: number): Opened {
    const error = nameOf(this.libc.errno())
    this.libc.close(fd)
    return {error}
  }

  #set(fd: number, level: number, name: number, value: number): void {
    this.#value.bytes.writeInt32LE(value, 0)
    this.libc.setsockopt(fd, level, name, this.#value.address, INT)
  }

  #ask(call: Libc['getsockname'], fd: number): Place | undefined {
    this.#length.bytes.writeUInt32LE(ADDRESS_BYTES)
    return call(fd, this.#address.address, this.#length.address) < 0 ? undefined : readSocketAddress(this.#address.bytes)
  }
}

function nameOf(errno: number): string {
  return getSystemErrorName(-errno)
}

function seconds(ms: number): number {
  return Math.max(1, Math.ceil(ms / 1000))
}

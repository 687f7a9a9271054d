import {constants} from 'node:os'
import type {EventLoop, Watched} from './event-loop.js'
import {EPOLLEXCLUSIVE, EPOLLIN, SOCK_CLOEXEC, SOCK_NONBLOCK} from './linux.js'

const {EAGAIN, ECONNABORTED, EINTR} = constants.errno
/** Connections taken at a time: the rest may be another worker's. */
const MOST_AT_ONCE = 32
/** How long accepting pauses when descriptors or memory run out. Clients wait in the backlog meanwhile. */
const PAUSE_MS = 50

/** A listening socket of this engine. Other processes may listen on the same one. */
export class ListeningPort implements Watched {
  #pause: NodeJS.Timeout | undefined
  #isClosed = false

  constructor(
    readonly fd: number,
    /** The listener the port leads to; a new routing may give the port to another one without closing it. */
    public listener: string,
    private readonly loop: EventLoop,
    private readonly accept: (fd: number, listener: string) => void,
  ) {
    this.#watch()
  }

  ready(): void {
    const {libc} = this.loop
    for (let i = 0; i < MOST_AT_ONCE && !this.#isClosed; i++) {
      const fd = libc.accept4(this.fd, 0, 0, SOCK_NONBLOCK | SOCK_CLOEXEC)
      if (fd >= 0) this.accept(fd, this.listener)
      else if (!isPassing(libc.errno())) return this.#stopForNow(libc.errno())
    }
  }

  resume(): void {
    this.ready()
  }

  close(): void {
    this.#isClosed = true
    clearTimeout(this.#pause)
    this.loop.remove(this) // others may share the socket, and keep it in the set
    this.loop.libc.close(this.fd)
  }

  #stopForNow(errno: number): void {
    if (errno === EAGAIN) return
    this.loop.remove(this)
    this.#pause = setTimeout(() => this.#watch(), PAUSE_MS)
  }

  #watch(): void {
    if (!this.loop.add(this, EPOLLIN | EPOLLEXCLUSIVE)) this.#pause = setTimeout(() => this.#watch(), PAUSE_MS)
  }
}

/** It concerns the one client only, who is gone. */
function isPassing(errno: number): boolean {
  return errno === ECONNABORTED || errno === EINTR
}

import type {Libc, LoopWaker, NativeMemory} from './libc.js'
import {EPOLL_CLOEXEC, EPOLL_CTL_ADD, EPOLL_CTL_DEL} from './linux.js'

/** Something with a descriptor in the set. */
export interface Watched {
  readonly fd: number
  /** `events` are epoll's bits. Must not throw, and must end soon: what it cannot do in bounded time it leaves to `runAgain`. */
  ready(events: number): void
  /** Goes on where the last turn left off. */
  resume(): void
}

const MOST_EVENTS = 512
/** Rounds in one turn, before Node's own events have their turn. */
const MOST_ROUNDS = 8
/** The kernel packs the struct on x64 only. */
const WORDS = process.arch === 'x64' ? 3 : 4
const DATA_WORD = WORDS - 2

/**
 * An epoll set inside Node's event loop. Node sleeps until a descriptor of the set is ready (the set is a descriptor itself, which libuv watches) or until
 * one of its own events, a message of the primary process for instance; each time around, the ready ones are served:
 *
 *     libuv waits ─▶ Node's own callbacks ─▶ turn: epoll_wait(0), serve, at most 8 times ─▶ libuv …
 *
 * While somebody has work left over, libuv does not wait.
 */
export class EventLoop {
  readonly #epoll: number
  readonly #events: NativeMemory
  readonly #words: Uint32Array
  readonly #event: NativeMemory
  readonly #eventWords: Uint32Array
  readonly #watched: (Watched | undefined)[] = []
  /** Of each descriptor number: an event that was fetched for one that has been closed since must not reach its successor. */
  readonly #generations: number[] = []
  readonly #waker: LoopWaker
  #again: Watched[] = []
  #next: NodeJS.Immediate | undefined
  #users = 0

  constructor(readonly libc: Libc) {
    this.#epoll = libc.epoll_create1(EPOLL_CLOEXEC)
    if (this.#epoll < 0) throw new Error(`epoll_create1: errno ${libc.errno()}`)
    this.#events = libc.allocate(MOST_EVENTS * WORDS * 4)
    this.#words = wordsOf(this.#events)
    this.#event = libc.allocate(WORDS * 4)
    this.#eventWords = wordsOf(this.#event)
    this.#waker = libc.wakeLoopBy(this.#epoll)
  }

  /** Keeps the process alive and the loop turning until `close` has been called as often. */
  open(): void {
    if (this.#users++ > 0) return
    this.#waker.ref()
    this.#arm()
  }

  close(): void {
    if (--this.#users > 0) return
    this.#waker.unref()
    clearImmediate(this.#next)
  }

  /** Tells `watched` of `events`; false where the kernel has no room for it. */
  add(watched: Watched, events: number): boolean {
    const {fd} = watched
    const generation = ((this.#generations[fd] ?? 0) + 1) >>> 0
    this.#eventWords[0] = events
    this.#eventWords[DATA_WORD] = fd
    this.#eventWords[DATA_WORD + 1] = generation
    if (this.libc.epoll_ctl(this.#epoll, EPOLL_CTL_ADD, fd, this.#event.address) < 0) return false
    this.#generations[fd] = generation
    this.#watched[fd] = watched
    return true
  }

  /** Takes out a descriptor that stays open. */
  remove({fd}: Watched): void {
    this.libc.epoll_ctl(this.#epoll, EPOLL_CTL_DEL, fd, this.#event.address)
    this.#watched[fd] = undefined
  }

  /** To be called when a descriptor of the set is closed, which takes it out. */
  forget({fd}: Watched): void {
    this.#watched[fd] = undefined
  }

  /** `resume` is called in the next round, after others had their turn. */
  runAgain(watched: Watched): void {
    this.#again.push(watched)
    this.#next?.ref() // outside of a turn, the one to come must not wait for events
  }

  #arm(): void {
    this.#next = setImmediate(this.#turn)
    if (this.#again.length === 0) this.#next.unref() // libuv waits for events; with a referenced one it would not
  }

  readonly #turn = (): void => {
    for (let round = 0; round < MOST_ROUNDS; round++) if (this.#serve() + this.#resume() === 0) break
    if (this.#users > 0) this.#arm()
  }

  #serve(): number {
    const count = this.libc.epoll_wait(this.#epoll, this.#events.address, MOST_EVENTS, 0)
    for (let at = 0; at < count * WORDS; at += WORDS) {
      const fd = this.#words[at + DATA_WORD] ?? 0
      if (this.#words[at + DATA_WORD + 1] === this.#generations[fd]) this.#watched[fd]?.ready(this.#words[at] ?? 0)
    }
    return count
  }

  #resume(): number {
    const waiting = this.#again
    if (waiting.length === 0) return 0
    this.#again = []
    for (const watched of waiting) watched.resume()
    return waiting.length
  }
}

function wordsOf({bytes}: NativeMemory): Uint32Array {
  return new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4)
}

import {once} from 'node:events'
import {connect, type Socket} from 'node:net'
import {firstWord} from '../../tally/answer.js'

/** More than so many are not tried for each one wanted: at 1 % it takes a hundred to meet the new version once. */
const TRIES_PER_CONNECTION = 200
const ANSWER_MS = 2000
const AT_ONCE = 16

export interface HoldOptions {
  readonly host: string
  readonly port: number
  /** How many to keep. */
  readonly count: number
  /** Answers of the version that is to hold them. */
  readonly answers: readonly string[]
  readonly signal: AbortSignal
}

/** Connections that say one line, are answered, and stay open: what a user's session is to a weight change. */
export class HeldConnections {
  readonly #open = new Set<Socket>()
  #opened = 0
  #cut = 0

  /** Opens connections until `count` of them were answered by the version meant; the others are closed again. */
  static async open(options: HoldOptions): Promise<HeldConnections> {
    const held = new HeldConnections()
    let tries = options.count * TRIES_PER_CONNECTION
    while (held.#opened < options.count && tries > 0 && !options.signal.aborted) {
      tries -= AT_ONCE
      const found = await Promise.all(Array.from({length: AT_ONCE}, () => answered(options)))
      for (const socket of found) if (socket !== undefined) held.#keep(socket, options.count)
    }
    return held
  }

  get result(): {readonly opened: number; readonly cut: number} {
    return {opened: this.#opened, cut: this.#cut}
  }

  close(): void {
    for (const socket of this.#open) socket.removeAllListeners('close').destroy()
    this.#open.clear()
  }

  #keep(socket: Socket, count: number): void {
    if (this.#opened === count) return void socket.destroy()
    this.#opened++
    this.#open.add(socket)
    socket.resume()
    socket.once('end', () => socket.destroy())
    socket.once('close', () => {
      this.#open.delete(socket)
      this.#cut++
    })
  }
}

/** A connection that was answered by the version meant; undefined for every other. */
async function answered({host, port, answers, signal}: HoldOptions): Promise<Socket | undefined> {
  const socket = connect({host, port, noDelay: true})
  socket.on('error', () => {}) // seen as its close
  socket.write('hold\n')
  try {
    const [reply] = (await once(socket, 'data', {signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS), ended(socket)])})) as [Buffer]
    if (answers.includes(firstWord(reply.toString()) ?? '')) return socket
  } catch {
    // no answer: not one to hold, and the probe counts such failures
  }
  socket.destroy()
  return undefined
}

function ended(socket: Socket): AbortSignal {
  const aborted = new AbortController()
  socket.once('close', () => aborted.abort()).once('end', () => aborted.abort())
  return aborted.signal
}

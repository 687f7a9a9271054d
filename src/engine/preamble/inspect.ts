import type {Socket} from 'node:net'
import {parsePreamble, type Preamble, type PreambleWants} from './preamble.js'

/** How long a client may take over its first bytes, ms (Envoy's `listener_filters_timeout`). */
export const PREAMBLE_TIMEOUT_MS = 15_000

export interface InspectEvents {
  readonly onDecided: (preamble: Preamble) => void
  /** The connection is of no use; whoever owns the socket closes it. */
  readonly onRefused: (reason: string) => void
}

/**
 * Reads a paused socket until its first bytes say what is wanted, and calls one of `events` once; never when the socket closes before. All bytes but
 * those of the PROXY header are put back: who reads next, reads them first. The time limit is the owner's.
 */
export function inspect(socket: Socket, wants: PreambleWants, events: InspectEvents): void {
  let chunks: Buffer[] = []
  let size = 0
  let needed = 1
  const stop = () => {
    socket.pause()
    socket.removeListener('data', onData)
    socket.removeListener('end', onEnd)
  }
  const onData = (chunk: Buffer) => {
    chunks.push(chunk)
    size += chunk.length
    if (size < needed) return
    const bytes = Buffer.concat(chunks)
    chunks = [bytes]
    const answer = parsePreamble(bytes, wants)
    if (answer.type === 'more') return void (needed = answer.needed)
    stop()
    if (answer.type === 'refused') return events.onRefused(answer.reason)
    if (answer.preamble.consumed < bytes.length) socket.unshift(bytes.subarray(answer.preamble.consumed))
    events.onDecided(answer.preamble)
  }
  const onEnd = () => {
    stop()
    events.onRefused('remote_close')
  }
  socket.on('data', onData)
  socket.on('end', onEnd)
  socket.resume()
}

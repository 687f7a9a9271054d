import {once} from 'node:events'
import type {Writable} from 'node:stream'

/** A stream written to as fast as its reader reads. */
export interface Outlet {
  /** Aborted once nobody reads any more, as with `… | head -1`. */
  readonly closed: AbortSignal
  write(text: string): Promise<void>
}

/** Takes over the stream's errors: that its reader has gone is none. */
export function outletTo(stream: Writable): Outlet {
  const closing = new AbortController()
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    closing.abort()
  })
  return {
    closed: closing.signal,
    async write(text) {
      if (closing.signal.aborted || stream.write(text)) return
      await once(stream, 'drain', {signal: closing.signal}).catch(() => undefined) // nobody reads: what is left is nobody's
    },
  }
}

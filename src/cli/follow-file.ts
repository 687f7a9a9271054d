import {open, stat, type FileHandle} from 'node:fs/promises'
import {setTimeout as delay} from 'node:timers/promises'
import {UserError} from '../base/user-error.js'

export interface FollowOptions {
  /** Only the last lines there are. */
  readonly tail?: number | undefined
  /** Aborted at once: what is there, and the end. */
  readonly signal: AbortSignal
  /** Goes on with the file that takes this one's place, as `tail -F`; else it stays with the file it has opened, as `tail -f`. */
  readonly rotated?: boolean
}

const LOOK_EVERY_MS = 100
const CHUNK_BYTES = 64 * 1024

/** A text file's content, and what is appended to it until `signal` aborts. Throws a UserError where there is no such file. */
export async function* followFile(file: string, {tail, signal, rotated = false}: FollowOptions): AsyncIterable<string> {
  let handle = await open(file, 'r').catch(() => {
    throw new UserError(`the path "${file}" does not exist`)
  })
  let successor: FileHandle | undefined
  try {
    const buffer = Buffer.alloc(CHUNK_BYTES)
    let position = tail === undefined ? 0 : await startOfTail(handle, tail)
    for (;;) {
      const {bytesRead} = await handle.read(buffer, 0, CHUNK_BYTES, position)
      position += bytesRead
      if (bytesRead > 0) {
        yield buffer.toString('utf8', 0, bytesRead)
      } else if (successor !== undefined) {
        await handle.close()
        handle = successor
        successor = undefined
        position = 0
      } else if (rotated && (successor = await successorOf(handle, file)) !== undefined) {
        continue // one more look: what was written before it was put aside
      } else if (signal.aborted) {
        return
      } else {
        await delay(LOOK_EVERY_MS, undefined, {signal}).catch(() => undefined) // aborted: one more look, then the end
      }
    }
  } finally {
    await handle.close()
    await successor?.close()
  }
}

/** The file that now has the name `handle` was opened by; undefined where that is still the same one, or none. */
async function successorOf(handle: FileHandle, file: string): Promise<FileHandle | undefined> {
  const [ours, there] = await Promise.all([handle.stat(), stat(file).catch(() => undefined)])
  return there === undefined || there.ino === ours.ino ? undefined : await open(file, 'r').catch(() => undefined)
}

async function startOfTail(handle: FileHandle, lines: number): Promise<number> {
  const {size} = await handle.stat()
  const buffer = Buffer.alloc(CHUNK_BYTES)
  let missing = lines + 1
  for (let end = size; end > 0; end -= CHUNK_BYTES) {
    const start = Math.max(0, end - CHUNK_BYTES)
    const {bytesRead} = await handle.read(buffer, 0, end - start, start)
    for (let i = bytesRead - 1; i >= 0; i--) {
      const isNewline = buffer[i] === 0x0a
      if (isNewline && start + i < size - 1 && --missing === 1) return start + i + 1
    }
  }
  return 0
}

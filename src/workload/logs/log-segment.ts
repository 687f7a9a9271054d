import {open, type FileHandle} from 'node:fs/promises'
import {LineBuffer} from '../../base/line-buffer.js'

const BLOCK_BYTES = 64 * 1024
const NEWLINE = 0x0a

/** One file of a log, open for reading; it stays readable after it has been rotated away. */
export class LogSegment {
  readonly #handle: FileHandle
  readonly #unfinished = new LineBuffer()
  readonly inode: number
  #offset = 0

  /** Undefined where there is no such file. */
  static async open(file: string): Promise<LogSegment | undefined> {
    try {
      const handle = await open(file, 'r')
      return new LogSegment(handle, (await handle.stat()).ino)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
      throw error
    }
  }

  private constructor(handle: FileHandle, inode: number) {
    this.#handle = handle
    this.inode = inode
  }

  /** The whole lines not read yet, up to the present end of the file, as they come from the disk. */
  async *batches(): AsyncGenerator<readonly string[]> {
    for (;;) {
      const {bytesRead, buffer} = await this.#handle.read(Buffer.allocUnsafe(BLOCK_BYTES), 0, BLOCK_BYTES, this.#offset)
      if (bytesRead === 0) return
      this.#offset += bytesRead
      yield this.#unfinished.push(buffer.subarray(0, bytesRead)).map((line) => line.toString('utf8', 0, line.length - 1))
    }
  }

  /** Puts the next read before the last `count` lines, and returns how many there are of them: fewer where the file has no more. */
  async skipToLast(count: number): Promise<number> {
    const {size} = await this.#handle.stat()
    let seen = 0
    for (let end = size; end > 0; ) {
      const start = Math.max(0, end - BLOCK_BYTES)
      const {buffer, bytesRead} = await this.#handle.read(Buffer.allocUnsafe(end - start), 0, end - start, start)
      for (let at = buffer.lastIndexOf(NEWLINE, bytesRead - 1); at !== -1; at = at === 0 ? -1 : buffer.lastIndexOf(NEWLINE, at - 1)) {
        if (seen === count) {
          this.#offset = start + at + 1
          return count
        }
        seen += 1
      }
      end = start
    }
    this.#offset = 0
    return seen
  }

  async close(): Promise<void> {
    await this.#handle.close()
  }
}

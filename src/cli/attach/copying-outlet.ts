import {Writable} from 'node:stream'

/** Where the copy goes; `done` is to be called once more may follow. */
export type TakeCopy = (bytes: Buffer, done: () => void) => void
type Target = Writable & {readonly columns?: number; readonly rows?: number}

/** Writes to `target`, which may be a terminal and stays open, and the same elsewhere; takes no more than both do. */
export class CopyingOutlet extends Writable {
  readonly #target: Target
  readonly #copy: TakeCopy
  readonly #closing = new AbortController()

  constructor(target: Target, copy: TakeCopy) {
    super({decodeStrings: true})
    this.#target = target
    this.#copy = copy
    target.on('resize', () => this.emit('resize'))
    target.on('error', () => this.#closing.abort()) // nobody reads any more: what is left is nobody's
  }

  /** Aborted once nobody reads the target any more, as with `… | head -1`. */
  get unread(): AbortSignal {
    return this.#closing.signal
  }

  get columns(): number | undefined {
    return this.#target.columns
  }

  get rows(): number | undefined {
    return this.#target.rows
  }

  /** Resolves when all that was written is on its way. */
  async flushed(): Promise<void> {
    await new Promise<void>((resolve) => void this.end(() => resolve()))
  }

  override _write(bytes: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    const isRead = !this.#closing.signal.aborted
    let open = isRead ? 2 : 1
    const isDone = () => (--open === 0 ? done() : undefined)
    this.#copy(bytes, isDone)
    if (isRead) this.#target.write(bytes, () => isDone())
  }
}

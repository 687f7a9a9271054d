const NEWLINE = 0x0a

/** Cuts a stream of bytes into lines, keeping every byte. Memory grows with the one unfinished line only; its owner decides how long that may be. */
export class LineBuffer {
  #rest = Buffer.alloc(0)
  #length = 0

  /** Bytes of the unfinished line. */
  get length(): number {
    return this.#length
  }

  /** Takes the next bytes and returns the lines they complete, each with its newline. */
  push(chunk: Buffer): readonly Buffer[] {
    const lines: Buffer[] = []
    let start = 0
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      lines.push(this.#completed(chunk.subarray(start, end + 1)))
      start = end + 1
    }
    if (start < chunk.length) this.#keep(chunk.subarray(start))
    return lines
  }

  /** The unfinished line, which is then forgotten. */
  take(): Buffer {
    const rest = Buffer.from(this.#rest.subarray(0, this.#length))
    this.#length = 0
    return rest
  }

  #completed(end: Buffer): Buffer {
    if (this.#length === 0) return end
    this.#keep(end)
    return this.take()
  }

  /** Doubles the room when it is full, so that a line that arrives byte by byte costs linear time. */
  #keep(piece: Buffer): void {
    const needed = this.#length + piece.length
    if (needed > this.#rest.length) {
      const larger = Buffer.allocUnsafe(Math.max(needed, 2 * this.#rest.length))
      this.#rest.copy(larger, 0, 0, this.#length)
      this.#rest = larger
    }
    piece.copy(this.#rest, this.#length)
    this.#length = needed
  }
}

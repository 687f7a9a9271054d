import type {Readable} from 'node:stream'
import {LineBuffer} from '../../base/line-buffer.js'

/** Longer lines become several, as with containerd and the kubelet (CRI `max_container_log_line_size`). */
const MAX_LINE_BYTES = 16 * 1024

/** Hands every line of `stream` to `log`, without its newline, and the unfinished last one at the end. */
export function captureLines(stream: Readable, log: (line: string) => void): void {
  const buffer = new LineBuffer()
  const write = (piece: Buffer) => log(piece.toString())
  stream.on('data', (chunk: Buffer) => {
    for (const line of buffer.push(chunk)) cut(line.subarray(0, -1)).forEach(write)
    if (buffer.length <= MAX_LINE_BYTES) return
    const pieces = cut(buffer.take())
    pieces.slice(0, -1).forEach(write)
    pieces.slice(-1).forEach((piece) => buffer.push(piece))
  })
  stream.on('end', () => {
    if (buffer.length > 0) write(buffer.take())
  })
  stream.on('error', () => {}) // the process is gone; its exit is reported by itself
}

function cut(line: Buffer): readonly Buffer[] {
  const pieces: Buffer[] = []
  let start = 0
  while (line.length - start > MAX_LINE_BYTES) {
    const end = characterStart(line, start + MAX_LINE_BYTES)
    pieces.push(line.subarray(start, end))
    start = end
  }
  return [...pieces, line.subarray(start)]
}

/** The start of the UTF-8 character that the byte at `index` belongs to. */
function characterStart(bytes: Buffer, index: number): number {
  for (let start = index; start > index - 4; start -= 1) {
    if (((bytes[start] ?? 0) & 0xc0) !== 0x80) return start
  }
  return index
}

import type {Socket} from 'node:net'
import {goAddress, goErrorText} from './go-net-error.js'
import {LineBuffer} from '../../base/line-buffer.js'

/** The image reads lines of any length into memory; ours stops here, so that one client cannot take all of it. */
export const MAX_LINE_BYTES = 1024 * 1024

const REQUEST = Buffer.from('request: ')
const RESPONSE = Buffer.from('response: ')

/**
 * Answers every line a client sends with `PREFIX LINE`, until the client ends; an unfinished last line is dropped (Go `ReadBytes` returns io.EOF for it).
 * Reading stops while the client does not take its answers. `log` gets the program's output as bytes, in order.
 */
export function serveEchoConnection(socket: Socket, prefix: string, log: (bytes: Buffer) => void): void {
  const buffer = new LineBuffer()
  const start = Buffer.from(`${prefix} `)
  const peers = `${goAddress(socket.localAddress, socket.localPort)}->${goAddress(socket.remoteAddress, socket.remotePort)}` // gone after an error

  function answer(line: Buffer): Buffer {
    const reply = Buffer.concat([start, line])
    log(Buffer.concat([REQUEST, line, RESPONSE, reply]))
    return reply
  }

  socket.on('data', (chunk: Buffer) => {
    const replies = buffer.push(chunk).map(answer)
    if (replies.length > 0 && !socket.write(Buffer.concat(replies))) socket.pause()
    if (buffer.length <= MAX_LINE_BYTES) return
    log(Buffer.from(`failed to read data, err: line longer than ${MAX_LINE_BYTES} bytes\n`))
    socket.removeAllListeners('data').removeAllListeners('drain').pause().destroySoon()
  })
  socket.on('drain', () => socket.resume())
  socket.on('end', () => socket.end())
  socket.on('error', (error: NodeJS.ErrnoException) => {
    // Only reads are reported: the image ignores what becomes of its writes.
    if (error.syscall === 'read') log(Buffer.from(`failed to read data, err: read tcp ${peers}: read: ${goErrorText(error)}\n`))
  })
}

import {once} from 'node:events'
import {connect} from 'node:net'

/** Sends `message`, half-closes, and returns everything the server sends until it ends. */
export async function exchange(address: {readonly host: string; readonly port: number}, message: string | Buffer): Promise<Buffer> {
  const socket = connect({...address, allowHalfOpen: true})
  const chunks: Buffer[] = []
  socket.on('data', (chunk) => chunks.push(chunk))
  socket.end(message)
  await once(socket, 'end')
  socket.destroy()
  return Buffer.concat(chunks)
}

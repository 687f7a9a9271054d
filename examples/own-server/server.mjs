// A TCP server as you might have written it: it answers every line with its version, listens where it is told to, and ends in order.
import {createServer} from 'node:net'

const {VERSION = 'v1', PORT = '7000', POD_IP = '127.0.0.1'} = process.env
const sockets = new Set()

const server = createServer((socket) => {
  sockets.add(socket)
  let rest = ''
  socket.setEncoding('utf8')
  socket.on('data', (text) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop()
    for (const line of lines) socket.write(`${VERSION} ${line}\n`)
  })
  socket.on('error', () => socket.destroy())
  socket.on('close', () => sockets.delete(socket))
})

server.listen(Number(PORT), POD_IP, () => console.log(`${VERSION} listens on ${POD_IP}:${PORT}`))

process.on('SIGTERM', () => {
  console.log(`${VERSION} ends`)
  server.close(() => process.exit(0))
  for (const socket of sockets) socket.end()
})

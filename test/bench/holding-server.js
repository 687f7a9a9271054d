// A server that accepts and keeps silent; says its port.
import net from 'node:net'
import process from 'node:process'

const server = net.createServer((socket) => socket.on('error', () => undefined).resume())
server.listen({host: '127.0.0.1', port: 0, backlog: 4096}, () => process.send(server.address().port))
process.once('disconnect', () => process.exit())

// Says its port when asked anything, and echoes what clients send.
import net from 'node:net'
import process from 'node:process'

const server = net.createServer({allowHalfOpen: true}, (socket) => socket.on('error', () => socket.destroy()).pipe(socket))
server.listen({host: '127.0.0.1', port: 0, backlog: 4096}, () => process.send('ready'))
process.on('message', () => process.send(server.address().port))

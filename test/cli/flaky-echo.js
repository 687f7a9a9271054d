// An echo server that closes some connections without an answer: node flaky-echo.js PREFIX ONE_IN [ONE_IN = 0: never]
import {createServer} from 'node:net'

const [prefix, oneIn] = process.argv.slice(2)
let count = 0
createServer({allowHalfOpen: true}, (socket) => {
  socket.on('error', () => undefined)
  if (++count % Number(oneIn) === 0) return socket.destroy()
  socket.on('data', (data) => socket.write(`${prefix} ${data}`))
  socket.on('end', () => socket.end())
}).listen(Number(process.env.PORT), process.env.POD_IP)

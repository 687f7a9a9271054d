// node load-main.js HOST PORT: makes one connection after the other, several at a time, from {start: true} to {stop: true}, and says how many were answered and how others failed.
import net from 'node:net'
import process from 'node:process'

const AT_ONCE = 8
const [host, port] = process.argv.slice(2)
let isRunning = false
let answered = 0
const failures = []
let running = []

/** As nc does: sends, half-closes, reads to the end. */
function connect() {
  return new Promise((resolve) => {
    let text = ''
    const socket = net.connect({host, port: Number(port)}, () => socket.end('hello\n'))
    socket.on('data', (chunk) => (text += chunk))
    socket.once('error', ({code}) => failures.push(code))
    socket.once('close', (hadError) => {
      if (text !== '') answered++
      else if (!hadError) failures.push('no answer')
      resolve()
    })
  })
}

async function goOn() {
  while (isRunning) await connect()
}

process.on('message', async ({start}) => {
  isRunning = start === true
  if (isRunning) running = Array.from({length: AT_ONCE}, goOn)
  else await Promise.all(running)
  process.send({answered, failures})
})
process.send('ready')

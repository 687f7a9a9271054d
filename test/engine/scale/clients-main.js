// node clients-main.js HOST PORT: {open: n} opens n connections, {ask: line} sends a line on each and counts the right answers, {end: true} ends all.
import {once} from 'node:events'
import net from 'node:net'
import process from 'node:process'

/** Connections under way at once. */
const AT_ONCE = 250
const [host, port] = process.argv.slice(2)
const sockets = []

async function open(count) {
  let opened = 0
  const openSome = async () => {
    while (opened++ < count) {
      const socket = net.connect({host, port: Number(port), noDelay: true})
      socket.on('error', () => socket.destroy())
      sockets.push(socket)
      await Promise.race([once(socket, 'connect'), once(socket, 'close')]).catch(() => undefined)
    }
  }
  await Promise.all(Array.from({length: AT_ONCE}, openSome))
  return sockets.filter((socket) => socket.readyState === 'open').length
}

/** The line that the server gives back; undefined where the connection ends before. */
function answerOf(socket, line) {
  return new Promise((resolve) => {
    let text = ''
    const take = (chunk) => {
      text += chunk
      if (text.length >= line.length) done(text)
    }
    const done = (answer) => {
      socket.off('data', take)
      resolve(answer)
    }
    socket.on('data', take).once('close', () => done(undefined))
    socket.write(line)
  })
}

async function ask(line) {
  const answers = await Promise.all(sockets.map((socket, i) => answerOf(socket, `${line} ${i}\n`)))
  return answers.filter((answer, i) => answer === `${line} ${i}\n`).length
}

async function end() {
  const closed = sockets.map((socket) => (socket.closed ? undefined : once(socket, 'close')))
  for (const socket of sockets) socket.end()
  await Promise.all(closed)
  return sockets.length
}

process.on('message', async (question) => {
  process.send(question.open !== undefined ? await open(question.open) : question.ask !== undefined ? await ask(question.ask) : await end())
})
process.send('ready')

// Holds as many idle connections to HOST PORT as it is told, in a process of its own, since each process has a limit of descriptors.
import net from 'node:net'
import process from 'node:process'

const [host, port] = process.argv.slice(2)
const sockets = []

function connected() {
  return new Promise((resolve, reject) => {
    const socket = net.connect({host, port: Number(port)}, () => resolve(socket)).once('error', reject)
  })
}

process.on('message', async (count) => {
  try {
    while (sockets.length < count) sockets.push(...(await Promise.all(Array.from({length: Math.min(200, count - sockets.length)}, connected))))
    for (const socket of sockets.splice(count)) socket.destroy()
    process.send({})
  } catch (error) {
    process.send({error: error.message})
  }
})
process.once('disconnect', () => process.exit())

import {execFile} from 'node:child_process'
import net from 'node:net'
import {setTimeout as delay} from 'node:timers/promises'
import {promisify} from 'node:util'
import {residentBytes} from './peers.js'

const run = promisify(execFile)

/** Each says what it needs, and measures one target once; undefined where it could not. `better` is which way a ratio is good. */
export const MEASURES = [
  {name: 'new connections/s', needs: 'wrk', better: 'more', measure: ({address, http}, {seconds}) => wrk(address, http, seconds, ['-H', 'Connection: close'])},
  {name: 'requests/s kept', needs: 'wrk', better: 'more', measure: ({address, http}, {seconds}) => wrk(address, http, seconds, [])},
  {name: 'bulk up Gbit/s', needs: 'iperf3', better: 'more', measure: ({address, bulk}, {seconds}) => iperf(address, bulk, seconds, [])},
  {name: 'bulk down Gbit/s', needs: 'iperf3', better: 'more', measure: ({address, bulk}, {seconds}) => iperf(address, bulk, seconds, ['-R'])},
  {name: '8 streams Gbit/s', needs: 'iperf3', better: 'more', measure: ({address, bulk}, {seconds}) => iperf(address, bulk, seconds, ['-P', '8'])},
  {name: 'connect+reply p50 µs', better: 'less', measure: async ({address, http}, {exchanges}) => quantile(await exchange(address, http, exchanges), 0.5)},
  {name: 'connect+reply p99 µs', better: 'less', measure: async ({address, http}, {exchanges}) => quantile(await exchange(address, http, exchanges), 0.99)},
]

async function wrk(address, port, seconds, args) {
  const {stdout} = await run('wrk', ['-t1', '-c64', `-d${seconds}s`, ...args, `http://${address}:${port}/`])
  return Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1])
}

async function iperf(address, port, seconds, args) {
  const {stdout} = await run('iperf3', ['-c', address, '-p', String(port), '-t', String(seconds), '-J', ...args])
  return JSON.parse(stdout).end.sum_received.bits_per_second / 1e9
}

/** From connect to the first byte of the reply, one after the other, µs. */
async function exchange(host, port, count) {
  const times = []
  for (let i = 0; i < count; i++) {
    const start = process.hrtime.bigint()
    await new Promise((resolve, reject) => {
      const socket = net.connect({host, port, noDelay: true}, () => socket.write('GET / HTTP/1.0\r\n\r\n'))
      socket.once('data', () => (socket.destroy(), resolve())).once('error', reject)
    })
    times.push(Number(process.hrtime.bigint() - start) / 1000)
  }
  return times
}

/** KiB that one idle connection costs the proxy's processes, with `count` open. */
export async function idleKiB({address, idle, pid}, count) {
  const open = (n) => Promise.all(Array.from({length: n}, () => connected(address, idle)))
  for (const socket of await open(200)) socket.destroy() // what it allocates once is not counted
  await delay(300)
  const before = residentBytes(pid)
  const sockets = []
  while (sockets.length < count) sockets.push(...(await open(Math.min(250, count - sockets.length))))
  await delay(500)
  const after = residentBytes(pid)
  for (const socket of sockets) socket.destroy()
  return (after - before) / 1024 / count
}

function connected(host, port) {
  return new Promise((resolve, reject) => {
    const socket = net.connect({host, port}, () => resolve(socket)).once('error', reject)
  })
}

export function quantile(values, q) {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))]
}

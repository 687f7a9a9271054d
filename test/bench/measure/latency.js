import net from 'node:net'
import {quantile} from '../quantile.js'

/** From connect to the first byte of a reply, one after the other; and what of it the proxy adds, asked in turns with the endpoint itself. */
export const latency = {
  name: 'latency',
  async measure({address, http, direct}, {exchanges}) {
    const [through, around] = [[], []]
    for (let i = 0; i < exchanges; i++) {
      through.push(await exchangeUs(address, http))
      if (direct !== undefined) around.push(await exchangeUs(direct.address, direct.http))
    }
    const added = (q) => (direct === undefined ? undefined : quantile(through, q) - quantile(around, q))
    return {
      'connect+reply p50 µs': quantile(through, 0.5),
      'connect+reply p99 µs': quantile(through, 0.99),
      'added latency p50 µs': added(0.5),
      'added latency p99 µs': added(0.99),
    }
  },
}

async function exchangeUs(host, port) {
  const start = process.hrtime.bigint()
  await new Promise((resolve, reject) => {
    const socket = net.connect({host, port, noDelay: true}, () => socket.write('GET / HTTP/1.0\r\n\r\n'))
    socket.once('data', () => (socket.destroy(), resolve())).once('error', reject)
  })
  return Number(process.hrtime.bigint() - start) / 1000
}

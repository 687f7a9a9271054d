import {connect} from 'node:net'
import {setTimeout as delay} from 'node:timers/promises'
import {Backoff} from '../../base/backoff.js'

/** A kubelet's `tcpSocket` probe: resolves once every port of `address` accepts a connection, or `over` is aborted. Never rejects. */
export async function waitForPorts(address: string, ports: readonly number[], over: AbortSignal): Promise<void> {
  await Promise.all(ports.map((port) => waitForPort(address, port, over)))
}

async function waitForPort(address: string, port: number, over: AbortSignal): Promise<void> {
  const backoff = new Backoff({firstMs: 20, maxMs: 1000})
  while (!over.aborted && !(await accepts(address, port))) {
    await delay(backoff.next(), undefined, {signal: over}).catch(() => {}) // aborted: the loop ends
  }
}

function accepts(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({host, port, timeout: 1000})
    const done = (accepted: boolean) => {
      socket.destroy()
      resolve(accepted)
    }
    socket.on('connect', () => done(true))
    socket.on('error', () => done(false))
    socket.on('timeout', () => done(false))
  })
}

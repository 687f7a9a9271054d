import {request} from 'node:http'
import type {Duplex} from 'node:stream'
import {LineBuffer} from '../../base/line-buffer.js'
import {ATTEND, type ClientLine, type GatewayLine} from './attend-protocol.js'

export interface AttendRequest {
  readonly uid: string
  readonly container: string
  /** The gateway removes the pod where this process ends without having said that the program has. */
  readonly removePod: boolean
}

/** This process is to run the container's program. */
export interface AttendedContainer {
  /** Aborted when the program has to end, with the milliseconds it has as the reason. The gateway's own end is one, too. */
  readonly stop: AbortSignal
  /** The program has written; `done` is called once more may follow. */
  output(bytes: Buffer, done: () => void): void
  /** The program has ended. Resolves once the gateway knows, or is gone. */
  exited(exitCode: number): Promise<void>
}

/**
 * Asks the gateway for the part of a container's program. Undefined where the container has one of its own. Rejects with the system error where there is no
 * gateway.
 */
export function attendContainer(socketPath: string, {uid, container, removePod}: AttendRequest): Promise<AttendedContainer | undefined> {
  return new Promise((resolve, reject) => {
    const path = `/${ATTEND}/${encodeURIComponent(uid)}/${encodeURIComponent(container)}${removePod ? '?rm' : ''}`
    const asking = request({socketPath, path, headers: {connection: 'Upgrade', upgrade: ATTEND}})
    asking.on('error', reject)
    asking.on('response', (response) => {
      response.resume()
      resolve(undefined)
    })
    asking.on('upgrade', (_, socket) => resolve(attended(socket)))
    asking.end()
  })
}

function attended(socket: Duplex): AttendedContainer {
  const stop = new AbortController()
  const lines = new LineBuffer()
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  const say = (line: ClientLine, done?: () => void) => void socket.write(`${JSON.stringify(line)}\n`, () => done?.())
  socket.on('error', () => undefined) // the gateway is gone: `close` says so
  socket.on('data', (chunk: Buffer) => {
    for (const line of lines.push(chunk)) stop.abort((JSON.parse(line.toString()) as GatewayLine).graceMs)
  })
  socket.on('close', () => stop.abort(0))
  return {
    stop: stop.signal,
    output: (bytes, done) => say({type: 'output', base64: bytes.toString('base64')}, done),
    async exited(exitCode) {
      say({type: 'exited', exitCode})
      socket.end()
      await closed
    },
  }
}

import type {IncomingMessage, Server} from 'node:http'
import type {Duplex} from 'node:stream'
import {deleteObject} from '../../resources/deletion.js'
import type {Resources} from '../../resources/resources.js'
import {LineBuffer} from '../../base/line-buffer.js'
import type {ContainerExit} from '../../workload/runtimes/runtime.js'
import type {World} from '../world.js'
import {ATTEND, type ClientLine, type GatewayLine} from './attend-protocol.js'
import type {Kubelet} from './kubelet.js'

export interface AttendOptions {
  readonly kubelet: Pick<Kubelet, 'attend'>
  readonly resources: Resources
  readonly world: () => World
  readonly report: (error: unknown) => void
}

/** What becomes of a container whose client is gone: its program is, too. */
const LOST: ContainerExit = {exitCode: 137, signal: 'SIGKILL'}

/**
 * Lets clients run the programs of containers that idle (`tshift run -it`), over the control socket: one upgraded request each,
 * `/attend/<pod uid>/<container>[?rm]`, and a JSON line for everything that happens.
 */
export function serveAttendants(server: Server, options: AttendOptions): void {
  server.on('upgrade', (request, socket) => {
    socket.on('error', () => socket.destroy()) // the client is gone: `close` says so
    void accept(request, socket, options).catch((error: unknown) => {
      socket.destroy()
      options.report(error)
    })
  })
}

async function accept(request: IncomingMessage, socket: Duplex, options: AttendOptions): Promise<void> {
  const {pathname, searchParams} = new URL(request.url ?? '', 'http://gateway')
  const [, verb, uid = '', container = ''] = pathname.split('/').map(decodeURIComponent)
  const send = (line: GatewayLine) => void socket.write(`${JSON.stringify(line)}\n`)
  const attendance = verb === ATTEND ? await options.kubelet.attend(uid, container, {stop: (graceMs) => send({type: 'stop', graceMs})}) : undefined
  if (attendance === undefined) return void socket.end('HTTP/1.1 409 Conflict\r\nConnection: close\r\n\r\n')
  socket.write(`HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: ${ATTEND}\r\n\r\n`)
  const lines = new LineBuffer()
  let exit: ContainerExit | undefined
  socket.on('data', (chunk: Buffer) => {
    for (const line of lines.push(chunk)) {
      const said = JSON.parse(line.toString()) as ClientLine
      if (said.type === 'output') attendance.output(Buffer.from(said.base64, 'base64'))
      else exit = {exitCode: said.exitCode}
    }
  })
  socket.on('end', () => socket.end())
  socket.on('close', () => {
    attendance.ended(exit ?? LOST)
    if (exit === undefined && searchParams.has('rm')) void removePod(uid, options).catch(options.report)
  })
}

/** A client that is killed cannot see to the removal that it was asked for (`--rm`). */
async function removePod(uid: string, {resources, world}: AttendOptions): Promise<void> {
  const pod = world().pods.find(({metadata}) => metadata.uid === uid)
  if (pod !== undefined) await deleteObject(resources, pod, {nodeAlive: true})
}

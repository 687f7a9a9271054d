import {lookup} from 'node:dns/promises'
import {connect, isIP, type Socket} from 'node:net'
import type {Readable, Writable} from 'node:stream'
import type {NcOptions} from './nc-arguments.js'

/** The network nc sees, where it is not simply this machine's. */
export interface NcNetwork {
  /** The address a name stands for; undefined where this machine's resolver shall say. Throws where there is no such name. */
  resolve(host: string): Promise<string | undefined>
  /** The address to connect from to an address of this machine. */
  readonly source: string
}

export interface NcStreams {
  readonly stdin: Readable
  readonly stdout: Writable
  readonly stderr: Writable
}

/**
 * A TCP client as OpenBSD's nc: stdin to the server, half-close at its end, the server's answer to stdout, over when the server has ended.
 * Resolves to nc's exit code: 0, or 1 where no connection came about. Unlike nc it says why without -v too, unless it was only asked to look (-z).
 */
export async function nc(options: NcOptions, {stdin, stdout, stderr}: NcStreams, network?: NcNetwork): Promise<number> {
  const {host, port, scan, verbose, timeoutMs, source} = options
  if (source !== undefined && isIP(source) === 0) return refuseSource(source, stderr)
  let socket: Socket
  try {
    const {address, ...from} = await placeOf(options, network)
    socket = connect({host: address, port, family: options.family, allowHalfOpen: true, noDelay: true, ...from})
    await connected(socket, timeoutMs)
  } catch (error) {
    if (verbose || !scan) stderr.write(`nc: ${describe(error as NodeJS.ErrnoException, options)}\n`)
    return 1
  }
  if (verbose) stderr.write(`Connection to ${isIP(host) === 0 ? `${host} (${socket.remoteAddress})` : host} ${port} port [tcp/*] succeeded!\n`)
  if (!scan) await exchange(socket, {stdin, stdout}, options)
  socket.destroy()
  return 0
}

/** Only an address of this machine can be reached from a loopback address. */
async function placeOf({host, source, family}: NcOptions, network: NcNetwork | undefined): Promise<{readonly address: string; readonly localAddress?: string}> {
  if (network === undefined) return {address: host, ...(source === undefined ? {} : {localAddress: source})}
  const address = isIP(host) === 0 ? ((await network.resolve(host)) ?? (await lookup(host, {family})).address) : host
  const from = source ?? (/^127\./.test(address) ? network.source : undefined)
  return {address, ...(from === undefined ? {} : {localAddress: from})}
}

function refuseSource(source: string, stderr: Writable): number {
  stderr.write(`nc: ${source}: not an address to connect from\n`)
  return 1
}

function connected(socket: Socket, timeoutMs: number | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = timeoutMs === undefined ? undefined : setTimeout(() => socket.destroy(Object.assign(new Error(), {code: 'ETIMEDOUT'})), timeoutMs)
    socket.once('error', (error) => {
      clearTimeout(timer)
      reject(error)
    })
    socket.once('connect', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}

/** Resolves when the server has ended and its bytes are written, when it reset, or when -w or -q says so. */
async function exchange(socket: Socket, {stdin, stdout}: Omit<NcStreams, 'stderr'>, {timeoutMs, quitMs}: NcOptions): Promise<void> {
  let quitting: NodeJS.Timeout | undefined
  await new Promise<void>((over) => {
    socket.on('error', () => over()) // a reset ends the connection like any other end, also in nc
    socket.on('end', () => over())
    stdout.on('error', () => over()) // nobody reads on, as in `nc … | head -1`
    if (timeoutMs !== undefined) socket.setTimeout(timeoutMs, over)
    if (quitMs !== undefined) {
      socket.once('finish', () => {
        quitting = setTimeout(over, quitMs)
      })
    }
    socket.pipe(stdout, {end: false})
    stdin.pipe(socket)
  })
  clearTimeout(quitting)
  stdin.unpipe(socket)
  await new Promise((flushed) => void stdout.write('', flushed))
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Connection refused',
  EHOSTUNREACH: 'No route to host',
  ENETUNREACH: 'Network is unreachable',
  ETIMEDOUT: 'Connection timed out',
  ECONNRESET: 'Connection reset by peer',
}

function describe({code = '', message}: NodeJS.ErrnoException, {host, port}: NcOptions): string {
  if (code === 'ENOTFOUND') return `getaddrinfo for host "${host}" port ${port}: Name or service not known`
  if (code === 'EAI_AGAIN') return `getaddrinfo for host "${host}" port ${port}: Temporary failure in name resolution`
  return `connect to ${host} port ${port} (tcp) failed: ${REASONS[code] ?? message}`
}

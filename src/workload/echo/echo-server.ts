import {createServer, type AddressInfo, type Server} from 'node:net'
import {serveEchoConnection} from './echo-connection.js'
import {goErrorText} from './go-net-error.js'
import {parseGoPort} from './go-port.js'

export interface EchoServerOptions {
  /** The image's arguments: comma-separated ports, and the prefix of every answer. */
  readonly args: readonly string[]
  /** Where a container port is really listened on. */
  readonly listenAt: (containerPort: number) => {readonly host: string; readonly port: number}
  /** Gets what the program prints, byte for byte. */
  readonly log: (bytes: Buffer) => void
}

/** Listening on all ports, or ended with the exit code of the program and listening on none. */
export type EchoServer = {readonly type: 'listening'; close(): Promise<void>} | {readonly type: 'exited'; readonly exitCode: number}

// Both double spaces and the two at the end are the program's.
const USAGE = "you should run it like: 'main [PORTS...] prefix' , please notice PORTS are comma-delineated , like  port 1[,port 2]  \n"

/**
 * Istio's `samples/tcp-echo` server: same arguments, answers and output, exit code 1 where it exits with 1.
 * It says `[::]:PORT` wherever it listens, since that is what a user's `logs` has to show.
 */
export async function startEchoServer({args, listenAt, log}: EchoServerOptions): Promise<EchoServer> {
  const print = (text: string) => log(Buffer.from(text))
  const servers: Server[] = []
  const [ports, prefix] = args
  if (ports === undefined || prefix === undefined || args.length !== 2) return exited(USAGE)

  for (const text of ports.split(',')) {
    const parsed = parseGoPort(text)
    if (parsed.type === 'error') return exited(`failed to create listener, err: listen tcp: ${parsed.text}\n`)
    const server = createServer({allowHalfOpen: true, noDelay: true}, (socket) => serveEchoConnection(socket, prefix, log))
    try {
      const bound = await listen(server, listenAt(parsed.port))
      servers.push(server)
      print(`listening on [::]:${parsed.port === 0 ? bound : parsed.port}, prefix: ${prefix}\n`)
    } catch (error) {
      return exited(`failed to create listener, err: listen tcp :${text}: bind: ${goErrorText(error as Error)}\n`)
    }
    server.on('error', (error) => print(`failed to accept connection, err: ${goErrorText(error)}\n`))
  }
  return {type: 'listening', close: () => closeAll(servers)}

  async function exited(output: string): Promise<EchoServer> {
    print(output)
    await closeAll(servers)
    return {type: 'exited', exitCode: 1}
  }
}

/** Resolves to the port bound. */
function listen(server: Server, at: {readonly host: string; readonly port: number}): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(at.port, at.host, () => {
      server.off('error', reject)
      resolve((server.address() as AddressInfo).port)
    })
  })
}

/** Stops listening; connections there are live on until their clients end them. */
async function closeAll(servers: readonly Server[]): Promise<void> {
  await Promise.all(servers.map((server) => new Promise((resolve) => void server.close(resolve))))
}

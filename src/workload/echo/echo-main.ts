/**
 * The process of one tcp-echo-server container. Arguments are the image's; the address and the port map come from TSHIFT_ECHO_ADDRESS and TSHIFT_ECHO_PORTS
 * (JSON, container port → port). Tells its parent `listening` over IPC, and dies with it.
 */
import {startEchoServer} from './echo-server.js'

const {TSHIFT_ECHO_ADDRESS: host = '127.0.0.1', TSHIFT_ECHO_PORTS = '{}'} = process.env
const ports = JSON.parse(TSHIFT_ECHO_PORTS) as Readonly<Record<string, number>>

// One write a turn instead of one a line: the output of a busy server is many short lines.
let output: Buffer[] = []
function flush(done?: () => void): void {
  process.stdout.write(Buffer.concat(output), done)
  output = []
}
function log(bytes: Buffer): void {
  if (output.length === 0) setImmediate(() => flush())
  output.push(bytes)
}

process.on('disconnect', () => process.exit(1))
process.stdout.on('error', () => process.exit(1)) // nobody reads it any more: the parent is gone

const server = await startEchoServer({args: process.argv.slice(2), listenAt: (port) => ({host, port: ports[port] ?? port}), log})
if (server.type === 'exited') flush(() => process.exit(server.exitCode))
else flush(() => process.send?.({type: 'listening'})) // after the output, so that who waits for it has the log lines too

// A connection lives until its client ends it; the kubelet's KILL at the end of the grace period is the limit. The end is the signal's own.
process.once('SIGTERM', () => {
  // two turns of the event loop: the second has accepted what was in the kernel's queue, which closing would reset
  setImmediate(() => setImmediate(async () => {
    if (server.type === 'listening') await server.close()
    flush(() => process.kill(process.pid, 'SIGTERM'))
  }))
})

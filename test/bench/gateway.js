import {execFile} from 'node:child_process'
import {mkdtempSync, rmSync} from 'node:fs'
import net from 'node:net'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {promisify} from 'node:util'

const run = promisify(execFile)
const root = path.resolve(import.meta.dirname, '../..')
const examples = path.join(root, 'examples/tcp-echo')
export const TSHIFT = path.join(root, 'bin/tshift.js')

/** The tutorial's state of affairs: `tshift gateway start` in a home of its own, two versions of the echo server, all connections to v1. */
export async function startGateway(address) {
  const home = mkdtempSync(path.join(tmpdir(), 'tshift-bench-'))
  const env = {...process.env, TSHIFT_HOME: home, NO_COLOR: '1', TSHIFT_CONTAINER_ENGINE: 'none'}
  const tshift = (...args) => run(process.execPath, [TSHIFT, ...args], {env, maxBuffer: 1 << 26})
  const stop = async () => {
    await tshift('gateway', 'stop')
    rmSync(home, {recursive: true, force: true})
  }
  try {
    await tshift('apply', '-f', path.join(examples, 'tcp-echo-services.yaml'), '-f', path.join(examples, 'tcp-echo-all-v1.yaml'))
    await tshift('gateway', 'start', '--bind', address)
    await tshift('wait', '--for=condition=Ready', 'pod', '-l', 'app=tcp-echo', '--timeout=30s')
    while ((await askVersion(address)) === undefined);
    return {env, tshift, stop}
  } catch (error) {
    await stop()
    throw error
  }
}

/** The first word of the reply to one line sent through the gateway; undefined where there was none. */
export function askVersion(address) {
  return new Promise((resolve) => {
    const socket = net.connect({host: address, port: 31400, noDelay: true}, () => socket.write('hello\n'))
    socket.once('data', (data) => (resolve(String(data).split(' ')[0]), socket.destroy())).once('error', () => resolve(undefined))
    socket.once('end', () => (resolve(undefined), socket.destroy()))
  })
}

import {execFileSync, fork, spawn} from 'node:child_process'
import {once} from 'node:events'
import {existsSync, writeFileSync} from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import process from 'node:process'
import {setTimeout as delay} from 'node:timers/promises'

const here = import.meta.dirname

/** The first line of what a program says of its version, undefined where it is not installed. */
export function versionOf(command, args) {
  try {
    const said = execFileSync('sh', ['-c', `${[command, ...args].join(' ')} 2>&1`], {encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore']})
    return said.split('\n').find((line) => /\d/.test(line))?.trim()
  } catch {
    return undefined // not there: the table says so
  }
}

/** Starts a process and waits until `ports` at `address` answer. */
async function running(child, address, ports) {
  for (const port of ports) {
    for (let tries = 0; !(await answers(address, port)); tries++) {
      if (tries > 200 || child.exitCode !== null) throw new Error(`nobody listens at ${address}:${port}`)
      await delay(25)
    }
  }
  return {pid: child.pid, stop: () => stop(child)}
}

async function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  if (child.connected) child.disconnect()
  else child.kill('SIGTERM')
  await gone
}

async function answers(host, port) {
  const socket = net.connect({host, port})
  const ok = await new Promise((resolve) => socket.once('connect', () => resolve(true)).once('error', () => resolve(false)))
  socket.destroy()
  return ok
}

const nginxHead = (directory, name, connections) => `daemon off; worker_processes 1; pid ${directory}/${name}.pid; error_log ${directory}/${name}.log;\nevents {worker_connections ${2 * connections + 400};}\n`

/** What answers HTTP behind the proxies: nginx where it is there, else Node. */
export async function startHttp(directory, port) {
  if (versionOf('nginx', ['-v']) === undefined) {
    const source = `require('node:http').createServer((_, response) => response.end('hello\\n')).listen({host: '127.0.0.1', port: ${port}, backlog: 4096})`
    return {...(await running(spawn(process.execPath, ['-e', source], {stdio: 'ignore'}), '127.0.0.1', [port])), name: 'node'}
  }
  const file = path.join(directory, 'http.conf')
  writeFileSync(file, `${nginxHead(directory, 'http', 2000)}http {access_log off; keepalive_requests 100000000; server {listen 127.0.0.1:${port} backlog=4096; location / {return 200 "hello\\n";}}}\n`)
  return {...(await running(spawn('nginx', ['-c', file], {stdio: 'ignore'}), '127.0.0.1', [port])), name: 'nginx'}
}

export async function startHolder() {
  const child = fork(path.join(here, 'holding-server.js'))
  const [port] = await once(child, 'message')
  return {port, stop: () => stop(child)}
}

export async function startIperf(port) {
  if (versionOf('iperf3', ['--version']) === undefined) return undefined
  return running(spawn('iperf3', ['-s', '-B', '127.0.0.1', '-p', String(port)], {stdio: 'ignore'}), '127.0.0.1', [port])
}

/** Every proxy that is compared: how to know whether it is there, and how to start it for `pairs` of [port, endpoint's port]. `hasWorker`: it can be profiled. */
export const PROXIES = [
  {name: 'tshift node', hasWorker: true, version: () => `node ${process.version}`, start: (options) => startTshift('node', options)},
  {name: 'tshift epoll', hasWorker: true, version: () => (process.platform === 'linux' ? `node ${process.version}` : undefined), start: (options) => startTshift('epoll', options)},
  {name: 'HAProxy', version: () => versionOf('haproxy', ['-v']), start: startHaproxy},
  {name: 'nginx stream', version: () => versionOf('nginx', ['-v']), start: startNginx},
  {name: 'socat', version: () => versionOf('socat', ['-V', '|', 'sed', '-n', '2p']), start: startSocat},
]

export async function startTshift(kind, {address, pairs, env = {}}) {
  const child = fork(path.join(here, 'engine-main.js'), [kind, address, ...pairs.flat().map(String)], {stdio: ['ignore', 'ignore', 'inherit', 'ipc'], env: {...process.env, ...env}})
  await Promise.race([once(child, 'message'), once(child, 'exit').then(() => Promise.reject(new Error(`the ${kind} engine did not start`)))])
  return running(child, address, pairs.map(([port]) => port))
}

function startHaproxy({address, pairs, directory, connections}) {
  const file = path.join(directory, 'haproxy.cfg')
  const parts = pairs.map(([port, to]) => `listen l${port}\n  bind ${address}:${port} backlog 4096\n  server s 127.0.0.1:${to}\n`)
  writeFileSync(file, `global\n  maxconn ${connections + 100}\n  nbthread 1\ndefaults\n  mode tcp\n  maxconn ${connections + 100}\n  timeout connect 5s\n  timeout client 1h\n  timeout server 1h\n${parts.join('')}`)
  return running(spawn('haproxy', ['-db', '-f', file], {stdio: 'ignore'}), address, pairs.map(([port]) => port))
}

function startNginx({address, pairs, directory, connections}) {
  const file = path.join(directory, 'stream.conf')
  const modules = ['/usr/lib/nginx/modules/ngx_stream_module.so', '/usr/lib64/nginx/modules/ngx_stream_module.so'].filter((name) => existsSync(name))
  const servers = pairs.map(([port, to]) => `server {listen ${address}:${port} backlog=4096; proxy_timeout 1h; proxy_pass 127.0.0.1:${to};}`)
  writeFileSync(file, `${modules.map((name) => `load_module ${name};\n`).join('')}${nginxHead(directory, 'stream', connections)}stream {${servers.join('\n')}}\n`)
  return running(spawn('nginx', ['-c', file], {stdio: 'ignore'}), address, pairs.map(([port]) => port))
}

async function startSocat({address, pairs}) {
  const started = await Promise.all(
    pairs.map(([port, to]) => running(spawn('socat', [`TCP-LISTEN:${port},bind=${address},fork,reuseaddr,backlog=1024,nodelay`, `TCP:127.0.0.1:${to},nodelay`], {stdio: 'ignore'}), address, [port])),
  )
  return {forks: true, stop: () => Promise.all(started.map((each) => each.stop()))}
}

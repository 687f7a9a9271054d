// The nftables engine against HAProxy and no proxy at all, as root: npm run bench:nftables [-- --quick]
// In a network namespace of its own, and with rules only while they are measured: they make the kernel track every connection, also those of the others.
// Each target has an endpoint of its own, since a client that comes to one endpoint by two ways meets its own connections in TIME_WAIT.
import {spawnSync} from 'node:child_process'
import {mkdirSync, mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import process from 'node:process'
import {nftablesUnavailable} from '../../dist/engine/nftables/available-nftables.js'
import {connections} from './measure/connections.js'
import {requests} from './measure/requests.js'
import {PROXIES, startHttp, startTshift, versionOf} from './peers.js'
import {quantile} from './quantile.js'
import {formatSection} from './table.js'

const INSIDE = 'TSHIFT_BENCH_INSIDE'
const PORT = 31400
const settings = process.argv.includes('--quick') ? {seconds: 1, rounds: 3} : {seconds: 3, rounds: 9}

const obstacle = (await nftablesUnavailable())?.reason ?? (versionOf('wrk', ['-v', '||', 'true']) === undefined ? 'wrk is not installed' : undefined)
if (obstacle !== undefined) {
  process.stderr.write(`nothing is measured: ${obstacle}\n`)
  process.exit(2)
}
if (process.env[INSIDE] === undefined) {
  const {status} = spawnSync('unshare', ['--net', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh', process.execPath, ...process.argv.slice(1)], {stdio: 'inherit', env: {...process.env, [INSIDE]: '1'}})
  process.exit(status ?? 1)
}

const directory = mkdtempSync(path.join(tmpdir(), 'tshift-bench-'))
const haproxy = PROXIES.find(({name}) => name === 'HAProxy')
const starts = {
  'no proxy': ({endpoint}) => ({address: '127.0.0.1', http: endpoint, stop: () => undefined}),
  ...(haproxy.version() === undefined ? {} : {HAProxy: (options) => haproxy.start(options)}),
  'tshift nftables': (options) => startTshift('nftables', options),
}
const started = []
const found = new Map()
try {
  for (let round = 0; round < settings.rounds; round++) {
    for (const [index, [name, start]] of Object.entries(starts).entries()) {
      const endpoint = 28_080 + index
      const own = path.join(directory, String(index))
      if (round === 0) mkdirSync(own)
      if (round === 0) started.push(await startHttp(own, endpoint))
      const address = `127.77.0.${index + 1}`
      const running = {name, address, http: PORT, ...(await start({endpoint, address, pairs: [[PORT, endpoint]], directory: own, connections: 4096}))}
      for (const measure of [connections, requests]) note(name, await measure.measure(running, settings))
      await running.stop()
    }
  }
} finally {
  for (const each of started) await each.stop()
  rmSync(directory, {recursive: true, force: true})
}

const columns = Object.keys(starts)
const rows = [...found].map(([name, byTarget]) => ({name, values: Object.fromEntries([...byTarget].map(([target, values]) => [target, quantile(values, 0.5)]))}))
const title = `Medians of ${settings.rounds} rounds of ${settings.seconds} s, in brackets the ratio to ${columns.slice(0, -1).join(' and to ')} (${versionOf('nft', ['--version']) ?? 'nft'})`
process.stdout.write(`${formatSection({title, columns, rows, ratiosTo: columns.slice(0, -1)})}\n`)

function note(target, values) {
  for (const [name, value] of Object.entries(values)) {
    if (name.startsWith('CPU')) continue // the kernel's time is nobody's
    const row = found.get(name) ?? new Map()
    found.set(name, row.set(target, [...(row.get(target) ?? []), value]))
  }
}

// npm run bench [-- --json FILE]; npm run bench:quick. Interleaved rounds, medians, and ratios to no proxy and to HAProxy. Needs the built dist/.
import {existsSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import process from 'node:process'
import {parseArgs} from 'node:util'
import {idleKiB, MEASURES, quantile} from './measures.js'
import {PROXIES, startHolder, startHttp, startIperf} from './peers.js'
import {measureStartUp} from './start-up.js'

const {values: flags} = parseArgs({options: {quick: {type: 'boolean', default: false}, json: {type: 'string'}}})
const SETTINGS = flags.quick ? {rounds: 1, seconds: 1, exchanges: 100, idle: 1000, startUps: 3} : {rounds: 5, seconds: 2, exchanges: 500, idle: 9000, startUps: 11}
const [HTTP, BULK, IDLE] = [31400, 31401, 31402]
const [HTTP_ENDPOINT, BULK_ENDPOINT] = [28080, 28081]

const directory = mkdtempSync(path.join(os.tmpdir(), 'tshift-bench-'))
const started = []
const missing = []

async function start() {
  const [http, holder, iperf] = [await startHttp(directory, HTTP_ENDPOINT), await startHolder(), await startIperf(BULK_ENDPOINT)]
  started.push(http, holder, ...(iperf === undefined ? [] : [iperf]))
  const pairs = [[HTTP, HTTP_ENDPOINT], [IDLE, holder.port], ...(iperf === undefined ? [] : [[BULK, BULK_ENDPOINT]])]
  const targets = [{name: 'no proxy', address: '127.0.0.1', http: HTTP_ENDPOINT, bulk: BULK_ENDPOINT}]
  for (const [index, proxy] of PROXIES.entries()) {
    const version = proxy.version()
    if (version === undefined) missing.push(proxy.name)
    else {
      const address = `127.77.0.${index + 1}`
      const running = await proxy.start({address, pairs, directory})
      started.push(running)
      targets.push({name: proxy.name, version, address, http: HTTP, bulk: BULK, idle: IDLE, ...running})
    }
  }
  return targets
}

async function measure(targets) {
  const usable = MEASURES.filter(({name, needs}) => needs === undefined || isInstalled(needs) || !missing.push(`${needs} (${name})`))
  const results = Object.fromEntries(usable.map(({name}) => [name, Object.fromEntries(targets.map((target) => [target.name, []]))]))
  for (let round = 0; round < SETTINGS.rounds; round++) {
    for (const {name, measure} of usable) {
      for (const target of targets) {
        const value = await measure(target, SETTINGS).catch((error) => void process.stderr.write(`${name}, ${target.name}: ${error.message.split('\n')[0]}\n`))
        if (Number.isFinite(value)) results[name][target.name].push(value)
      }
    }
  }
  const medians = Object.entries(results).map(([name, byTarget]) => [name, Object.fromEntries(Object.entries(byTarget).map(([target, values]) => [target, quantile(values, 0.5)]))])
  const idle = {}
  for (const target of targets) if (target.pid !== undefined && !target.forks) idle[target.name] = await idleKiB(target, SETTINGS.idle).catch(() => undefined)
  const inForce = Object.fromEntries(targets.flatMap(({name, applyMs}) => (applyMs === undefined ? [] : [[name, quantile(applyMs, 0.5)]])))
  return Object.fromEntries([...medians, [`KiB per idle connection (${SETTINGS.idle})`, idle], ['apply to in force ms', inForce]])
}

function isInstalled(program) {
  return (process.env.PATH ?? '').split(path.delimiter).some((folder) => existsSync(path.join(folder, program)))
}

const shown = (value) => (value === undefined ? '-' : value >= 100 ? value.toFixed(0) : value.toPrecision(3))

function printTable(targets, results) {
  const names = targets.map(({name}) => name)
  const rows = Object.entries(results).map(([name, row]) => [name, ...names.map((target) => `${shown(row[target])}${ratio(row, target)}`)])
  const table = [['', ...names], ...rows]
  const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length)))
  for (const row of table) process.stdout.write(`${row.map((cell, column) => cell.padEnd(widths[column])).join('  ').trimEnd()}\n`)
}

/** To HAProxy, since absolute numbers say more of the machine. */
function ratio(row, target) {
  const [value, peer] = [row[target], row['HAProxy']]
  return value === undefined || peer === undefined || target === 'HAProxy' ? '' : ` (${(value / peer).toFixed(2)})`
}

try {
  const targets = await start()
  const results = await measure(targets)
  const startUp = measureStartUp(SETTINGS.startUps)
  const machine = `${os.cpus().length} × ${os.cpus()[0]?.model.trim()}, ${os.type()} ${os.release()}, load ${os.loadavg()[0].toFixed(1)}`
  const versions = targets.flatMap(({name, version}) => (version === undefined ? [] : [`${name}: ${version}`]))
  process.stdout.write(`${new Date().toISOString().slice(0, 10)}, ${machine}\n${versions.join('; ')}\nmedians of ${SETTINGS.rounds} round(s); in brackets the ratio to HAProxy; one worker or thread each\n\n`)
  printTable(targets, results)
  process.stdout.write('\n')
  for (const [name, ms] of Object.entries(startUp)) process.stdout.write(`${name.padEnd(26)} ${ms.toFixed(0)} ms (${(ms / startUp['node -e 0']).toFixed(2)} × node -e 0)\n`)
  if (missing.length > 0) process.stdout.write(`\nnot installed, so not compared: ${missing.join(', ')}\n`)
  if (flags.json !== undefined) writeFileSync(flags.json, `${JSON.stringify({date: new Date().toISOString(), machine, versions, settings: SETTINGS, missing, results, startUp}, null, 2)}\n`)
} finally {
  for (const each of started.reverse()) await each.stop()
  rmSync(directory, {recursive: true, force: true})
}

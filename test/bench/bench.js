// npm run bench [-- --quick --only NAME… --rounds N --json FILE --profile]. Interleaved rounds, medians, ratios to HAProxy and to no proxy. Needs the built dist/.
import {existsSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import process from 'node:process'
import {parseArgs} from 'node:util'
import {mostConnections} from './descriptors.js'
import {interleave} from './interleave.js'
import {bulk} from './measure/bulk.js'
import {change} from './measure/change.js'
import {compile} from './measure/compile.js'
import {connections} from './measure/connections.js'
import {idleMemory} from './measure/idle-memory.js'
import {inForce} from './measure/in-force.js'
import {latency} from './measure/latency.js'
import {probe} from './measure/probe.js'
import {requests} from './measure/requests.js'
import {startUp} from './measure/start-up.js'
import {store} from './measure/store.js'
import {versionOf} from './peers.js'
import {profileAll} from './profile/profile-all.js'
import {startTargets} from './start-targets.js'
import {formatSection} from './table.js'

/** Of each proxy, and next to no proxy at all. */
const OF_PROXIES = [connections, requests, bulk, latency, idleMemory]
/** Of tshift alone. */
const OWN = [startUp, inForce, probe, compile, change, store]

const FULL = {warmUp: true, rounds: 5, seconds: 2, exchanges: 1000, idleConnections: 10_000, startUps: 11, changes: 100, probes: [10_000, 100_000], compiles: 7, objects: [10_000, 100_000], storeActs: 101}
const QUICK = {warmUp: true, rounds: 1, seconds: 1, exchanges: 200, idleConnections: 1000, startUps: 3, changes: 20, probes: [2000, 10_000], compiles: 3, objects: [10_000], storeActs: 21}

const {values: flags} = parseArgs({
  options: {
    quick: {type: 'boolean', default: false},
    only: {type: 'string', multiple: true},
    rounds: {type: 'string'},
    json: {type: 'string'},
    profile: {type: 'boolean', default: false},
  },
})
const settings = {...(flags.quick ? QUICK : FULL), ...(flags.rounds === undefined ? {} : {rounds: Number(flags.rounds)})}
const names = [...OF_PROXIES, ...OWN].map(({name}) => name)
const unknown = (flags.only ?? []).filter((name) => !names.includes(name))
if (unknown.length > 0 || !(settings.rounds >= 1)) {
  process.stderr.write(`${unknown.length > 0 ? `no measure ${unknown.join(', ')}` : '--rounds must be 1 or more'}; --only takes ${names.join(', ')}\n`)
  process.exit(2)
}
settings.idleConnections = mostConnections(settings.idleConnections)
const isWanted = ({name}) => flags.only === undefined || flags.only.includes(name)

const directory = mkdtempSync(path.join(os.tmpdir(), 'tshift-bench-'))
const started = []
const missing = []
const sections = []
const versions = [`node: ${process.version}`]

async function measureProxies() {
  const wanted = OF_PROXIES.filter(isWanted)
  const usable = wanted.filter(({needs}) => needs === undefined || isInstalled(needs))
  missing.push(...wanted.filter((measure) => !usable.includes(measure)).map(({name, needs}) => `${needs} (${name})`))
  for (const client of new Set(usable.flatMap(({needs}) => needs ?? []))) versions.push(`${client}: ${versionOf(client, client === 'wrk' ? ['-v', '||', 'true'] : ['--version'])}`)
  if (usable.length === 0) return
  const {targets, missing: absent} = await startTargets(directory, started, settings.idleConnections)
  missing.push(...absent)
  versions.push(...targets.flatMap(({name, version}) => (version === undefined || name.startsWith('tshift') ? [] : [`${name}: ${version}`])))
  const rows = await interleave(usable, targets, settings)
  const title = `Proxies, one worker or thread each; medians of ${settings.rounds} round(s); in brackets the ratio to HAProxy, and to no proxy`
  show({title, columns: targets.map(({name}) => name), rows, ratiosTo: ['HAProxy', 'no proxy']})
  for (const running of started.splice(0).reverse()) await running.stop()
}

async function measureOwn() {
  for (const {name, measure} of OWN.filter(isWanted)) {
    const section = await measure(settings).catch((error) => void process.stderr.write(`${name}: ${error.stack}\n`))
    if (section === undefined) continue
    missing.push(...(section.missing ?? []))
    show(section)
  }
}

function show(section) {
  sections.push(section)
  process.stdout.write(`${formatSection(section)}\n\n`)
}

function isInstalled(program) {
  return (process.env.PATH ?? '').split(path.delimiter).some((folder) => existsSync(path.join(folder, program)))
}

try {
  const machine = `${os.cpus().length} × ${os.cpus()[0]?.model.trim()}, ${os.type()} ${os.release()}, load ${os.loadavg()[0].toFixed(1)}`
  process.stdout.write(`${new Date().toISOString().slice(0, 10)}, ${machine}\n\n`)
  if (flags.profile) await profileAll({directory, started, seconds: settings.seconds * 2})
  else {
    await measureProxies()
    await measureOwn()
    process.stdout.write(`${versions.join('; ')}\n`)
    if (missing.length > 0) process.stdout.write(`not installed, so not compared: ${missing.join(', ')}\n`)
    if (flags.json !== undefined) writeFileSync(flags.json, `${JSON.stringify({date: new Date().toISOString(), machine, versions, settings, missing, sections}, null, 2)}\n`)
  }
} finally {
  for (const running of started.reverse()) await running.stop()
  rmSync(directory, {recursive: true, force: true})
}

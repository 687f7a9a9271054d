import {mkdirSync, readdirSync, readFileSync, renameSync} from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import {wrk} from '../measure/wrk.js'
import {PROXIES, startHttp} from '../peers.js'
import {childrenOf} from '../processes.js'
import {topFunctions} from './top-functions.js'

const [PORT, ENDPOINT, ADDRESS, MOST] = [31400, 28080, '127.77.0.99', 10]
const recorder = path.join(import.meta.dirname, 'record.cjs')

/** Profiles a worker of each engine while it serves new connections: leaves the profile in the working directory and prints where the time went. */
export async function profileAll({directory, started, seconds}) {
  started.push(await startHttp(directory, ENDPOINT))
  for (const {name, start, version} of PROXIES.filter(({hasWorker}) => hasWorker)) {
    if (version() !== undefined) await profile(name, start, {directory, seconds})
  }
}

async function profile(name, start, {directory, seconds}) {
  const into = path.join(directory, name.replaceAll(' ', '-'))
  mkdirSync(into)
  const env = {BENCH_PROFILE: into, NODE_OPTIONS: `--require ${recorder}`}
  const proxy = await start({address: ADDRESS, pairs: [[PORT, ENDPOINT]], directory, env})
  const serve = (seconds) => wrk({address: ADDRESS, http: PORT}, seconds, ['-H', 'Connection: close'])
  await serve(1) // until V8 has compiled what is hot
  for (const worker of childrenOf(proxy.pid)) process.kill(worker, 'SIGUSR2')
  const {perSecond} = await serve(seconds).finally(() => proxy.stop())
  for (const file of readdirSync(into)) {
    const kept = path.resolve(`${path.basename(into)}.cpuprofile`)
    renameSync(path.join(into, file), kept)
    process.stdout.write(`${name}: ${perSecond.toFixed(0)} connections/s; ${kept}\n${formatTop(JSON.parse(readFileSync(kept, 'utf8')))}\n\n`)
  }
}

function formatTop(profile) {
  return topFunctions(profile, MOST).map(({name, place, percent}) => `${percent.toFixed(1).padStart(6)} %  ${`${name} ${place}`.trim()}`).join('\n')
}

// node test/bench/change.js [--size N] [--shape port|sni] [--changes N]: what one change costs in a large world.
import {mkdtempSync, rmSync} from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import {performance} from 'node:perf_hooks'
import process from 'node:process'
import {pathToFileURL} from 'node:url'
import {parseArgs} from 'node:util'
import {ControlLoop} from '../../dist/daemon/control-loop.js'
import {EventRecorder} from '../../dist/daemon/event-recorder.js'
import {GatewayController} from '../../dist/daemon/gateway/gateway-controller.js'
import {Informer} from '../../dist/daemon/informer.js'
import {OutsideFacts} from '../../dist/daemon/outside/outside-facts.js'
import {startWorkerEngine} from '../../dist/engine/workers/worker-engine.js'
import {bootstrap} from '../../dist/resources/bootstrap.js'
import {encode} from '../../dist/resources/codec.js'
import {keyOf} from '../../dist/resources/keys.js'
import {Resources} from '../../dist/resources/resources.js'
import {typeFor} from '../../dist/api/registry.js'
import {openLmdbStore} from '../../dist/store/lmdb.js'
import {largeWorld, virtualServiceOf} from './large-world.js'

/**
 * Milliseconds from a write of the store until all workers have answered that it is in force, and what the process spent on it until it was idle again:
 * the parts of the gateway process but the pods.
 */
export async function measureChanges({size = 1000, shape = 'port', changes = 50, workers = 2, address = '127.66.0.1'} = {}) {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'tshift-change-'))
  const store = await openLmdbStore({directory, logLimit: 100_000})
  const resources = new Resources({store})
  await bootstrap(resources, {podOctet: 64, ingressAddress: address})
  await Promise.all(largeWorld(size, shape).map((object) => put(store, object)))
  const failures = []
  const report = (error) => void failures.push(error)
  const engine = await startWorkerEngine({address, engine: 'epoll', workers, onChange: 'drain', drainMs: 45_000, log: (line) => process.stderr.write(`${line}\n`)})
  let applied = () => undefined
  const watched = {...engine, apply: async (routing) => { const states = await engine.apply(routing); applied(); return states }, stats: () => engine.stats()}
  const facts = new OutsideFacts({changed: () => undefined})
  const events = new EventRecorder(resources)
  const gateway = new GatewayController({engine: watched, events, gather: (world) => facts.gather(world), log: () => undefined, report})
  const loop = new ControlLoop({resources, events, nodeAlive: true}, report)
  const informer = new Informer(resources, (world) => {
    void gateway.offer(world).catch(report)
    loop.offer(world, informer)
  })
  const aborted = new AbortController()
  const startMs = performance.now()
  const following = informer.run(aborted.signal)
  await informer.synced
  const quiet = async () => { await loop.idle(); await gateway.offer(informer.world); await loop.idle() }
  await quiet()
  const startUpMs = performance.now() - startMs
  const change = async (object) => {
    const inForce = new Promise((resolve) => (applied = resolve))
    const cpu = process.cpuUsage()
    const fromMs = performance.now()
    await put(store, object)
    await inForce
    const inForceMs = performance.now() - fromMs
    await quiet()
    const {user, system} = process.cpuUsage(cpu)
    return {inForceMs, cpuMs: (user + system) / 1000}
  }
  for (let i = 0; i < 5; i++) await change(virtualServiceOf(i % size, shape, 11))
  const measured = []
  for (let i = 0; i < changes; i++) measured.push(await change(virtualServiceOf((i * 7) % size, shape, 20 + (i % 60))))
  for (let i = 0; i < 5; i++) await change(otherReadiness(informer.world.pods[i]))
  const flips = [] // the pod's status, then what the controllers write of it
  for (let i = 0; i < changes; i++) flips.push(await change(otherReadiness(informer.world.pods[(i * 71) % informer.world.pods.length])))
  const bulkCpu = process.cpuUsage()
  const bulkFrom = performance.now()
  for (let i = 0; i < size; i++) {
    await put(store, virtualServiceOf(i, shape, 55))
    if (i % 10 === 9) await new Promise((resolve) => setTimeout(resolve, 2)) // as another process's commits arrive
  }
  await informer.caughtUp(await store.revision())
  await quiet()
  const bulkMs = performance.now() - bulkFrom
  const {user, system} = process.cpuUsage(bulkCpu)
  aborted.abort()
  gateway.close()
  await loop.close()
  await following
  facts.close()
  await engine.close()
  await store.close()
  rmSync(directory, {recursive: true})
  if (failures.length > 0) throw failures[0]
  return {startUpMs, ...summary(measured), readiness: summary(flips), bulk: {changes: size, ms: bulkMs, cpuMs: (user + system) / 1000}}
}

function summary(measured) {
  return {inForceMs: quantiles(measured.map(({inForceMs}) => inForceMs)), cpuMs: quantiles(measured.map(({cpuMs}) => cpuMs))}
}

/** A pod that becomes ready, or is so no longer. */
function otherReadiness(pod) {
  const conditions = pod.status.conditions.map(({type, status}) => ({type, status: type === 'Ready' ? (status === 'True' ? 'False' : 'True') : status}))
  return {...pod, status: {...pod.status, conditions}}
}

async function put(store, object) {
  const key = keyOf(typeFor(object), object.metadata.namespace, object.metadata.name)
  const entry = await store.get(key)
  await store.put(key, encode(object, []), entry?.revision ?? 0)
}

function quantiles(values) {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (p) => Number(sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))]?.toFixed(1))
  return {p50: at(0.5), p99: at(0.99)}
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const {values} = parseArgs({options: {size: {type: 'string', default: '1000'}, shape: {type: 'string', default: 'port'}, changes: {type: 'string', default: '50'}}})
  process.stdout.write(`${JSON.stringify(await measureChanges({size: Number(values.size), shape: values.shape, changes: Number(values.changes)}))}\n`)
}

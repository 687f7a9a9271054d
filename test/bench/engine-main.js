// One of tshift's data planes in front of one endpoint, with one worker: node engine-main.js ENGINE ADDRESS PORT ENDPOINT_PORT...
import process from 'node:process'
import {createNftablesEngine} from '../../dist/engine/nftables/nftables-engine.js'
import {tableName} from '../../dist/engine/nftables/table.js'
import {startWorkerEngine} from '../../dist/engine/workers/worker-engine.js'

const [kind, address, ...pairs] = process.argv.slice(2)
const listeners = []
const clusters = {}
for (let i = 0; i < pairs.length; i += 2) {
  const name = `outbound|${pairs[i + 1]}`
  clusters[name] = {name, host: 'bench', port: 1, subset: '', loadBalancer: 'LEAST_REQUEST', connectTimeoutMs: 10_000, maxConnections: 0, endpoints: [{address: '127.0.0.1', port: Number(pairs[i + 1])}]}
  const route = {statPrefix: 'bench', destinations: [{cluster: name, weight: 1, subset: '', host: 'bench'}], idleTimeoutMs: 3_600_000, maxConnectionDurationMs: 0}
  listeners.push({name: `0.0.0.0_${pairs[i]}`, bind: '0.0.0.0', port: Number(pairs[i]), aliases: [], chains: [{gateway: {namespace: 'default', name: 'bench', server: i, port: 1}, route}]})
}
const options = {address, onChange: 'keep', drainMs: 0, log: (line) => process.stderr.write(`${line}\n`)}
const inWorkers = await startWorkerEngine({...options, engine: kind === 'nftables' ? 'epoll' : kind, workers: 1})
const engine = kind === 'nftables' ? await createNftablesEngine({...options, others: inWorkers, table: tableName(address)}) : inWorkers
const states = await engine.apply({listeners, clusters, findings: []})
if (states.some(({bound}) => !bound)) throw new Error(JSON.stringify(states))
process.send('ready')
process.once('disconnect', () => engine.close().then(() => process.exit()))

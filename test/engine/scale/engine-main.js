// node engine-main.js FILE OPTIONS: the worker engine that is compiled in FILE. Answers {apply: routing}, {stats: true}, {processes: true}.
import cluster from 'node:cluster'
import {readdirSync, readFileSync} from 'node:fs'
import process from 'node:process'

const [file, options] = process.argv.slice(2)
const {startWorkerEngine} = await import(file)
const engine = await startWorkerEngine({...JSON.parse(options), log: (line) => process.stderr.write(`${line}\n`)})

/** Of this process and its workers: what they hold in memory, bytes, and how many descriptors. */
function measure() {
  const pids = [process.pid, ...Object.values(cluster.workers ?? {}).map((worker) => worker.process.pid)]
  return pids.map((pid) => ({
    pid,
    resident: 1024 * Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0),
    descriptors: readdirSync(`/proc/${pid}/fd`).length,
  }))
}

process.on('message', async ({apply, stats}) => {
  process.send(apply !== undefined ? await engine.apply(apply) : stats === true ? await engine.stats() : measure())
})
process.send('ready')

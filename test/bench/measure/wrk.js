import {execFile} from 'node:child_process'
import {promisify} from 'node:util'
import {cpuSeconds} from '../processes.js'

const run = promisify(execFile)

/** wrk against one target: requests per second, and the processor time of the proxy for each of them, µs. */
export async function wrk({address, http, pid}, seconds, args) {
  const before = pid === undefined ? undefined : cpuSeconds(pid)
  const {stdout} = await run('wrk', ['-t1', '-c64', `-d${seconds}s`, ...args, `http://${address}:${http}/`])
  const requests = Number(/(\d+) requests in/.exec(stdout)?.[1])
  return {perSecond: Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1]), cpuUs: before === undefined ? undefined : ((cpuSeconds(pid) - before) * 1e6) / requests}
}

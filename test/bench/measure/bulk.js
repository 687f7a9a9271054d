import {execFile} from 'node:child_process'
import {promisify} from 'node:util'
import {cpuSeconds} from '../processes.js'

const run = promisify(execFile)

/** Much at once: up, down, and eight streams up. */
export const bulk = {
  name: 'bulk',
  needs: 'iperf3',
  async measure(target, {seconds}) {
    const [up, down, eight] = [await iperf(target, seconds, []), await iperf(target, seconds, ['-R']), await iperf(target, seconds, ['-P', '8'])]
    return {
      'bulk up Gbit/s': up.gigabits,
      'bulk down Gbit/s': down.gigabits,
      '8 streams Gbit/s': eight.gigabits,
      'CPU s per GB up': up.cpuSecondsPerGB,
      'CPU s per GB down': down.cpuSecondsPerGB,
    }
  },
}

async function iperf({address, bulk, pid}, seconds, args) {
  const before = pid === undefined ? undefined : cpuSeconds(pid)
  const {stdout} = await run('iperf3', ['-c', address, '-p', String(bulk), '-t', String(seconds), '-J', ...args], {maxBuffer: 1 << 26})
  const {bytes, bits_per_second: bits} = JSON.parse(stdout).end.sum_received
  return {gigabits: bits / 1e9, cpuSecondsPerGB: before === undefined ? undefined : (cpuSeconds(pid) - before) / (bytes / 1e9)}
}

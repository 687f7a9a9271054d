import {readFile} from 'node:fs/promises'
import {cpus, freemem, totalmem} from 'node:os'
import {setTimeout as delay} from 'node:timers/promises'
import {NO_USAGE, type Usage} from '../../workload/processes/process-usage.js'

/** What this machine uses, tshift and all else, and what it has. */
export interface MachineUsage {
  readonly usage: Usage
  readonly available: Usage
}

const WINDOW_MS = 1000

/** Looks twice at the machine. */
export async function machineUsage(): Promise<MachineUsage> {
  const before = busyMs()
  const startMs = performance.now()
  await delay(WINDOW_MS)
  const cpuMillis = Math.round(((busyMs() - before) / (performance.now() - startMs)) * 1000)
  const swap = await swapOf()
  return {
    usage: {cpuMillis, memoryBytes: totalmem() - freemem(), swapBytes: swap.usage},
    available: {cpuMillis: cpus().length * 1000, memoryBytes: totalmem(), swapBytes: swap.available},
  }
}

function busyMs(): number {
  return cpus().reduce((sum, {times}) => sum + times.user + times.nice + times.sys + times.irq, 0)
}

/** None where the system does not tell. */
async function swapOf(): Promise<{readonly usage: number; readonly available: number}> {
  const text = await readFile('/proc/meminfo', 'utf8').catch(() => '') // not Linux
  const bytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(text)?.[1] ?? NO_USAGE.swapBytes) * 1024
  return {usage: bytes('SwapTotal') - bytes('SwapFree'), available: bytes('SwapTotal')}
}

import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {readFileSync} from 'node:fs'
import {startGateway, TSHIFT} from '../gateway.js'

const ADDRESS = '127.77.1.2'

/** `tshift probe` through a whole gateway: how many connections in a second, and how much memory, which must not grow with their number. */
export const probe = {
  name: 'probe',
  async measure({probes}) {
    const gateway = await startGateway(ADDRESS)
    try {
      const rows = []
      for (const count of probes) rows.push({name: `probe --count ${count}`, values: await probeOnce(count, gateway.env)})
      return {title: 'Probe through the gateway', columns: ['connections/s', 'peak MiB'], rows}
    } finally {
      await gateway.stop()
    }
  },
}

async function probeOnce(count, env) {
  const startMs = performance.now()
  const child = spawn(process.execPath, [TSHIFT, 'probe', `${ADDRESS}:31400`, '--count', String(count), '--quiet', '--concurrency', '64'], {env, stdio: 'ignore'})
  let peakKiB = 0
  const timer = setInterval(() => (peakKiB = Math.max(peakKiB, peakOf(child.pid))), 50)
  const [code] = await once(child, 'exit')
  clearInterval(timer)
  if (code !== 0) throw new Error(`probe --count ${count} ended with ${code}`)
  return {'connections/s': (1000 * count) / (performance.now() - startMs), 'peak MiB': peakKiB / 1024}
}

/** The most that was ever resident. */
function peakOf(pid) {
  try {
    return Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0)
  } catch {
    return 0 // it has just ended
  }
}

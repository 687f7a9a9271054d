import {setTimeout as delay} from 'node:timers/promises'
import {UserError} from '../../base/user-error.js'
import type {GatewayProcesses} from '../../daemon/control/container-process.js'
import {askGateway} from '../../daemon/control/control-client.js'
import {readProcessTable, type ProcessTable} from '../../workload/processes/process-table.js'
import type {Session} from '../session.js'
import type {Sample} from './pod-usage.js'

/** Time on a CPU is told in steps of 10 ms: in a second that is a hundredth of a CPU. */
const WINDOW_MS = 1000

const UNAVAILABLE = 'Metrics API not available'

/** Looks twice at what the pods' processes use. Throws a UserError where no gateway runs, or the system does not tell. */
export async function sampleProcesses({home, isGatewayRunning}: Session): Promise<Sample> {
  if (!isGatewayRunning) throw new UserError(UNAVAILABLE, {hint: "pods run in the gateway: start it with 'tshift gateway start'"})
  const processes = await askGateway<GatewayProcesses>(home.socket, 'processes')
  const [before, beforeMs] = await look()
  await delay(WINDOW_MS)
  const [after, afterMs] = await look()
  return {processes, looks: {before, after, elapsedMs: afterMs - beforeMs}}
}

async function look(): Promise<readonly [ProcessTable, number]> {
  const table = await readProcessTable()
  if (table === undefined) throw new UserError(UNAVAILABLE, {hint: 'what processes use is read from /proc, which this system does not have'})
  return [table, performance.now()]
}

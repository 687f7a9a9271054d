import {askGateway} from '../../daemon/control/control-client.js'
import type {RunningFacts} from '../../daemon/control/running-facts.js'

/** What the gateway process tells of itself; undefined where none runs, or one of another version that knows no such question. */
export async function runningFacts(socket: string): Promise<RunningFacts | undefined> {
  return askGateway<RunningFacts>(socket, 'running').catch(() => undefined) // analysis does without
}

import type {Pod} from '../../api/kinds/pod.js'
import type {GatewayProcesses} from '../../daemon/control/container-process.js'
import {askGateway} from '../../daemon/control/control-client.js'
import type {Session} from '../session.js'

/**
 * The words that go before a command to run it in a container that a container engine runs; undefined where the container is a program of this machine.
 * Throws a UserError where the gateway does not answer: a command that is meant for a container must not run on the machine.
 */
export async function enginePrefix({metadata}: Pod, container: string, {home, isGatewayRunning}: Session): Promise<readonly string[] | undefined> {
  if (!isGatewayRunning) return undefined // and no container either
  const {inEngine = []} = await askGateway<GatewayProcesses>(home.socket, 'processes')
  return inEngine.find((one) => one.namespace === metadata.namespace && one.pod === metadata.name && one.container === container)?.execPrefix
}

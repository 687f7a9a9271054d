import {podType, type Pod} from '../../api/kinds/pod.js'
import type {Resources} from '../../resources/resources.js'
import type {Home} from './home.js'
import {gatewayLife} from './pid-file.js'
import {settle} from './settle.js'

/** Where the gateway process was killed, its pods still say that they run: makes the store tell the truth. Cheap where there is nothing to mend. */
export async function settleKilled(resources: Resources, home: Home): Promise<void> {
  if (gatewayLife(home.pidFile).type !== 'stale') return
  const {items} = await resources.list<Pod>(podType)
  const isLost = ({spec, status}: Pod) => spec.nodeName !== undefined && status?.phase !== 'Succeeded' && status?.phase !== 'Failed'
  if (items.some(isLost)) await settle(resources, {wasKilled: true})
}

import type {Resources} from '../../resources/resources.js'
import {allSideBySide} from '../../resources/side-by-side.js'
import {perform} from '../action.js'
import {planPending} from '../controllers/pending.js'
import {planWorld} from '../controllers/plan.js'
import {EventRecorder} from '../event-recorder.js'
import {worldOf} from '../world.js'

const MAX_ROUNDS = 20

/**
 * Lets the controllers do in this process what the gateway process would do if it ran: pods appear as Pending, owners take their
 * dependants with them. For commands that change something while no gateway process is there. `wasKilled`: there was one, which did not tidy up.
 */
export async function settle(resources: Resources, options: {readonly wasKilled?: boolean} = {}): Promise<void> {
  const context = {resources, events: new EventRecorder(resources), nodeAlive: false}
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const world = worldOf((await resources.listAll()).items)
    const now = resources.clock.now()
    const actions = [...planWorld(world, now), ...planPending(world, now, options)]
    if (actions.length === 0) return
    await allSideBySide(actions, ({object}) => object, (action) => perform(action, context))
  }
}

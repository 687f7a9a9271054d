import {setImmediate as nextTurn} from 'node:timers/promises'
import {Breather} from '../base/breather.js'
import {allSideBySide} from '../resources/side-by-side.js'
import {perform, type Action, type ActionContext} from './action.js'
import {nextLook} from './controllers/next-look.js'
import {planWorld} from './controllers/plan.js'
import type {UnboundPort} from './gateway/unbound-ports.js'
import type {Informer} from './informer.js'
import type {World} from './world.js'

/** Controllers have more time than the routing. */
const MOST_REST_MS = 100
/** What a timer can hold. */
const MAX_TIMER_MS = 2 ** 31 - 1

/**
 * Runs the controllers over the newest world, one plan at a time. After a plan it waits until the informer has seen what the plan wrote,
 * so that no plan is made on a world that lacks the last one's results (which would create a pod twice).
 */
export class ControlLoop {
  readonly #context: ActionContext
  readonly #report: (error: unknown) => void
  readonly #unbound: () => readonly UnboundPort[]
  readonly #breather = new Breather(MOST_REST_MS)
  #latest: World | undefined
  #running: Promise<void> | undefined
  #timer: NodeJS.Timeout | undefined
  #isClosed = false

  /** `unbound` says which ports the gateway process could not have; after a change of it the loop wants to be offered the world again. */
  constructor(context: ActionContext, report: (error: unknown) => void, unbound: () => readonly UnboundPort[] = () => []) {
    this.#context = context
    this.#report = report
    this.#unbound = unbound
  }

  /** Takes note of a new world; returns at once. */
  offer(world: World, informer: Informer): void {
    if (this.#isClosed) return
    clearTimeout(this.#timer)
    this.#latest = world
    this.#running ??= this.#drain(informer)
      .catch(this.#report)
      .finally(() => {
        this.#running = undefined
        if (this.#latest !== undefined) this.offer(this.#latest, informer)
        else this.#lookAgain(informer)
      })
  }

  /** Resolves when the plan under way is done. */
  async idle(): Promise<void> {
    await this.#running
  }

  /** Starts nothing more; resolves when the plan under way is done. */
  async close(): Promise<void> {
    this.#isClosed = true
    clearTimeout(this.#timer)
    await this.idle()
  }

  /** Time itself may give the controllers something to do. */
  #lookAgain(informer: Informer): void {
    if (this.#isClosed) return
    const nowMs = this.#context.resources.clock.now()
    const atMs = nextLook(informer.world, nowMs)
    if (atMs !== undefined) this.#timer = setTimeout(() => this.offer(informer.world, informer), Math.min(atMs - nowMs, MAX_TIMER_MS))
  }

  /** One object that cannot be written keeps none of the others back. */
  async #perform(action: Action): Promise<number> {
    try {
      return await perform(action, this.#context)
    } catch (error) {
      this.#report(error)
      return 0
    }
  }

  async #drain(informer: Informer): Promise<void> {
    await nextTurn() // the routing, which was offered the same world, comes first
    while (this.#latest !== undefined) {
      this.#breather.start()
      const world = this.#latest
      this.#latest = undefined
      const actions = planWorld(world, this.#context.resources.clock.now(), this.#unbound())
      const written = await allSideBySide(actions, ({object}) => object, (action) => this.#perform(action))
      await informer.caughtUp(written.reduce((newest, revision) => Math.max(newest, revision), 0))
      if (this.#latest !== undefined) await this.#breather.rest()
    }
  }
}

import {perform, type Action, type ActionContext} from './action.js'
import {planWorld} from './controllers/plan.js'
import type {Informer} from './informer.js'
import type {World} from './world.js'

/**
 * Runs the controllers over the newest world, one plan at a time. After a plan it waits until the informer has seen what the plan wrote,
 * so that no plan is made on a world that lacks the last one's results (which would create a pod twice).
 */
export class ControlLoop {
  readonly #context: ActionContext
  readonly #report: (error: unknown) => void
  #latest: World | undefined
  #running: Promise<void> | undefined

  constructor(context: ActionContext, report: (error: unknown) => void) {
    this.#context = context
    this.#report = report
  }

  /** Takes note of a new world; returns at once. */
  offer(world: World, informer: Informer): void {
    this.#latest = world
    this.#running ??= this.#drain(informer)
      .catch(this.#report)
      .finally(() => {
        this.#running = undefined
        if (this.#latest !== undefined) this.offer(this.#latest, informer)
      })
  }

  /** Resolves when the plan under way is done. */
  async idle(): Promise<void> {
    await this.#running
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
    while (this.#latest !== undefined) {
      const world = this.#latest
      this.#latest = undefined
      let written = 0
      for (const action of planWorld(world, this.#context.resources.clock.now())) {
        written = Math.max(written, await this.#perform(action))
      }
      await informer.caughtUp(written)
    }
  }
}

import type {KubeObject} from '../api/object.js'
import {isExpired} from '../api/status-error.js'
import type {WatchEvent} from '../resources/reading.js'
import type {Resources} from '../resources/resources.js'
import {LiveWorld} from './live-world.js'
import type {World} from './world.js'

/**
 * A live copy of the store: lists once, then follows every change; lists again when it fell too far behind.
 * `changed` is called after each batch with the whole new world.
 */
export class Informer {
  readonly #resources: Resources
  readonly #changed: (world: World) => void
  readonly #live = new LiveWorld()
  readonly #waiting = new Set<{readonly revision: number; readonly reached: () => void}>()
  /** Resolves when the first world is there. */
  readonly synced: Promise<void>
  #markSynced: () => void = () => undefined
  #revision = 0
  #hasStopped = false

  constructor(resources: Resources, changed: (world: World) => void) {
    this.#resources = resources
    this.#changed = changed
    this.synced = new Promise((resolve) => {
      this.#markSynced = resolve
    })
  }

  /** The newest world; empty before `synced`. */
  get world(): World {
    return this.#live.world
  }

  /** Revision of the newest change seen. */
  get revision(): number {
    return this.#revision
  }

  /** Follows until `signal` aborts. */
  async run(signal: AbortSignal): Promise<void> {
    try {
      while (!signal.aborted) await this.#follow(signal)
    } finally {
      this.#hasStopped = true
      for (const {reached} of this.#waiting) reached()
    }
  }

  /** Resolves once the copy holds everything up to `revision` (or has stopped following). */
  async caughtUp(revision: number): Promise<void> {
    if (revision <= this.#revision || this.#hasStopped) return
    await new Promise<void>((reached) => this.#waiting.add({revision, reached}))
  }

  /** Resolves when `signal` aborts, or where the copy has to be listed again. */
  async #follow(signal: AbortSignal): Promise<void> {
    try {
      await this.#relist()
      for await (const events of this.#resources.watchAll(String(this.#revision), signal)) {
        for (const event of events) this.#take(event)
        this.#publish()
      }
    } catch (error) {
      if (!isExpired(error)) throw error
    }
  }

  async #relist(): Promise<void> {
    const {items, resourceVersion} = await this.#resources.listAll()
    this.#live.replace(items)
    this.#revision = Number(resourceVersion)
    this.#publish()
  }

  #take({type, object}: WatchEvent<KubeObject>): void {
    if (type === 'deleted') this.#live.delete(object)
    else this.#live.put(object)
    this.#revision = Math.max(this.#revision, Number(object.metadata.resourceVersion ?? 0))
  }

  #publish(): void {
    this.#changed(this.#live.world)
    this.#markSynced()
    for (const waiter of this.#waiting) {
      if (waiter.revision > this.#revision) continue
      this.#waiting.delete(waiter)
      waiter.reached()
    }
  }
}

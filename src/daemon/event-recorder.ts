import {eventType, type Event} from '../api/kinds/event.js'
import {formatTime, type KubeObject} from '../api/object.js'
import {isNotFound, StatusError} from '../api/status-error.js'
import type {Resources} from '../resources/resources.js'

export interface EventText {
  readonly reason: string
  readonly message: string
  /** The component that speaks: `kubelet`, `deployment-controller` … */
  readonly source: string
  readonly type?: 'Normal' | 'Warning'
  /** e.g. `spec.containers{tcp-echo}` */
  readonly fieldPath?: string
}

const REMEMBERED = 1000

/** Writes Events about objects. The same event again raises the count of the first, as client-go's recorder does. */
export class EventRecorder {
  readonly #resources: Resources
  /** The names of the newest events by what they say, each when it has been told. */
  readonly #known = new Map<string, Promise<string | undefined>>()
  #lastStamp = 0n

  constructor(resources: Resources) {
    this.#resources = resources
  }

  /** Never throws for an object that is going away: an event about it is then of no use. */
  async record(about: KubeObject, text: EventText): Promise<void> {
    const identity = JSON.stringify([about.metadata.uid, text])
    const told = this.#tell(about, text, this.#known.get(identity))
    this.#remember(identity, told.catch(() => undefined))
    await told
  }

  /** After the same event before, which may still be on its way into the store. */
  async #tell(about: KubeObject, text: EventText, before: Promise<string | undefined> | undefined): Promise<string | undefined> {
    try {
      const known = await before
      return known !== undefined && (await this.#again(about, known)) ? known : await this.#first(about, text)
    } catch (error) {
      if (!(error instanceof StatusError)) throw error
      return undefined // its namespace is gone or going
    }
  }

  async #first(about: KubeObject, text: EventText): Promise<string> {
    const now = formatTime(this.#resources.clock.now())
    const {name, namespace = 'default', uid, resourceVersion} = about.metadata
    const event: Event = {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: {name: `${name}.${this.#stamp().toString(16)}`, namespace},
      involvedObject: {
        apiVersion: about.apiVersion,
        kind: about.kind,
        name,
        namespace,
        ...(uid === undefined ? {} : {uid}),
        ...(resourceVersion === undefined ? {} : {resourceVersion}),
        ...(text.fieldPath === undefined ? {} : {fieldPath: text.fieldPath}),
      },
      reason: text.reason,
      message: text.message,
      type: text.type ?? 'Normal',
      source: {component: text.source},
      reportingComponent: text.source,
      reportingInstance: '',
      count: 1,
      firstTimestamp: now,
      lastTimestamp: now,
    }
    return (await this.#resources.create(event)).object.metadata.name
  }

  /** The time in nanoseconds, always later than the one before: lists go by name, and so tell events in their order, as client-go's names do. */
  #stamp(): bigint {
    const now = BigInt(this.#resources.clock.now()) * 1_000_000n + (process.hrtime.bigint() % 1_000_000n)
    this.#lastStamp = now > this.#lastStamp ? now : this.#lastStamp + 1n
    return this.#lastStamp
  }

  async #again(about: KubeObject, name: string): Promise<boolean> {
    const lastTimestamp = formatTime(this.#resources.clock.now())
    try {
      const ref = {namespace: about.metadata.namespace ?? 'default', name}
      await this.#resources.mutate<Event>(eventType, ref, (event) => ({...event, count: (event.count ?? 1) + 1, lastTimestamp}))
      return true
    } catch (error) {
      if (isNotFound(error)) return false
      throw error
    }
  }

  #remember(identity: string, told: Promise<string | undefined>): void {
    this.#known.set(identity, told)
    const oldest = this.#known.keys().next().value
    if (this.#known.size > REMEMBERED && oldest !== undefined) this.#known.delete(oldest)
  }
}

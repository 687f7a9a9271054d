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
  readonly #known = new Map<string, string>()
  #lastStamp = 0n

  constructor(resources: Resources) {
    this.#resources = resources
  }

  /** Never throws for an object that is going away: an event about it is then of no use. */
  async record(about: KubeObject, text: EventText): Promise<void> {
    const identity = JSON.stringify([about.metadata.uid, text])
    const known = this.#known.get(identity)
    try {
      if (known === undefined || !(await this.#again(about, known))) this.#remember(identity, await this.#first(about, text))
    } catch (error) {
      if (!(error instanceof StatusError)) throw error // its namespace is gone or going
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

  #remember(identity: string, name: string): void {
    this.#known.set(identity, name)
    const oldest = this.#known.keys().next().value
    if (this.#known.size > REMEMBERED && oldest !== undefined) this.#known.delete(oldest)
  }
}

import type {KubeObject} from '../api/object.js'
import {RevisionConflict, type Entry, type Store} from '../store/store.js'

/** Where an object was written: an absolute path and the line its document begins at. */
export interface Origin {
  readonly file: string
  readonly line: number
}

interface OriginRecord extends Origin {
  /** Of the object that came from there: another one of the same name did not. */
  readonly uid: string
}

const PREFIX = '/origins/'

/**
 * Remembers which file an object was last applied or created from, beside the objects and not in them: what is returned to users is what they
 * wrote. A record goes with its object.
 */
export class Origins {
  readonly #store: Store

  constructor(store: Store) {
    this.#store = store
  }

  /** Notes where a stored object came from; undefined (standard input, a URL) takes back what was known. */
  async remember(object: KubeObject, origin: Origin | undefined): Promise<void> {
    if (origin === undefined) return this.forget(object)
    const value = JSON.stringify({...origin, uid: object.metadata.uid ?? ''} satisfies OriginRecord)
    const entry = await this.#store.get(placeOf(object))
    if (entry?.value !== value) await this.#write(() => this.#store.put(placeOf(object), value, entry?.revision ?? 0))
  }

  async forget(object: KubeObject): Promise<void> {
    const entry = await this.#store.get(placeOf(object))
    if (entry !== undefined) await this.#write(() => this.#store.delete(entry.key, entry.revision))
  }

  /** Where this very object came from, if that is known. */
  async find(object: KubeObject): Promise<Origin | undefined> {
    const entry = await this.#store.get(placeOf(object))
    const record = entry && decode(entry)
    return record === undefined || record.uid !== object.metadata.uid ? undefined : {file: record.file, line: record.line}
  }

  /** Someone else noted the same object's origin a moment ago: theirs stands. */
  async #write(act: () => Promise<number>): Promise<void> {
    try {
      await act()
    } catch (error) {
      if (!(error instanceof RevisionConflict)) throw error
    }
  }
}

/** Any version of an object is the same object. */
function placeOf({apiVersion, kind, metadata: {namespace = '', name}}: KubeObject): string {
  const slash = apiVersion.indexOf('/')
  return [PREFIX + apiVersion.slice(0, Math.max(slash, 0)), kind, namespace, name].join('/')
}

function decode({value}: Entry): OriginRecord {
  return JSON.parse(value) as OriginRecord
}

import {RevisionConflict, type Change, type Entry} from './store.js'

export interface Write {
  readonly key: string
  /** Undefined deletes the entry. */
  readonly value: string | undefined
  /** The revision the entry must be at; 0: there must be none. */
  readonly expected: number
}

/** What a write does to the entry as it is now: the change that becomes `revision`, or the refusal. */
export function decide(write: Write, current: Entry | undefined, revision: number): Change | RevisionConflict {
  const {key, value, expected} = write
  const actual = current?.revision ?? 0
  if (actual !== expected) return new RevisionConflict(key, expected, actual)
  if (value !== undefined) return {type: current === undefined ? 'added' : 'modified', key, value, revision}
  if (current === undefined) return new RevisionConflict(key, expected, actual)
  return {type: 'deleted', key, value: current.value, revision}
}

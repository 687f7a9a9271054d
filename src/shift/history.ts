import {UserError} from '../base/user-error.js'
import type {RouteDestination} from '../routing/objects/virtual-service.js'

/** A set of weights that was in force: what `history` lists and `undo` goes back to. */
export interface Revision {
  readonly revision: number
  /** RFC 3339 */
  readonly at: string
  readonly rule: number
  readonly route: readonly RouteDestination[]
  /** Why: `before the shift to v2`, `step 20% to v2`, `rolled back`. */
  readonly cause: string
  /** Whether a shift began from here. */
  readonly isStart: boolean
}

/** Older ones are forgotten, as kubectl's `revisionHistoryLimit` does. */
const LIMIT = 50

/** The history with one more entry; the same weights as the last one's are no new revision. */
export function withRevision(history: readonly Revision[], entry: Omit<Revision, 'revision'>): readonly Revision[] {
  const last = history.at(-1)
  if (last !== undefined && last.rule === entry.rule && JSON.stringify(last.route) === JSON.stringify(entry.route)) {
    return entry.isStart && !last.isStart ? [...history.slice(0, -1), {...last, isStart: true}] : history
  }
  return [...history, {...entry, revision: (last?.revision ?? 0) + 1}].slice(-LIMIT)
}

/**
 * Where `undo` goes: to the revision asked for, or to where the last shift began. Throws a UserError (exit code 2) where that is not known or
 * is where we are.
 */
export function undoTarget(history: readonly Revision[], revision: number | undefined): Revision {
  const current = history.at(-1)
  const target = revision === undefined ? history.slice(0, -1).findLast(({isStart}) => isStart) : history.find((entry) => entry.revision === revision)
  if (target !== undefined && target !== current) return target
  const known = history.map((entry) => entry.revision).join(', ')
  const hint = `'tshift shift history' lists revisions ${known}`
  if (target !== undefined) throw new UserError(`revision ${target.revision} is the current one`, {hint, exitCode: 2})
  throw new UserError(revision === undefined ? 'there is nothing to undo' : `unable to find specified revision ${revision} in history`, {hint, exitCode: 2})
}

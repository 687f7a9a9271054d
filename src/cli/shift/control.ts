import {formatTime} from '../../api/object.js'
import {UserError} from '../../base/user-error.js'
import type {Resources} from '../../resources/resources.js'
import {undoTarget, withRevision, type Revision} from '../../shift/history.js'
import {isHeld} from '../../shift/lease.js'
import type {ShiftRecord} from '../../shift/record.js'
import {routeOf, withRoute, type Shiftable} from '../../shift/route-rules.js'
import {spokenName, typedName} from '../../shift/shifted-object.js'
import {isOver, type ShiftState} from '../../shift/state.js'
import {transition, type ShiftEvent} from '../../shift/transition.js'
import {BY_SHIFT} from './field-manager.js'
import {heldBy} from './held-by.js'
import {namedObject, typeOfShifted} from './named-object.js'
import {isProcessAlive} from './process-alive.js'
import {changeRecord, readRecord, shiftedObjects, type ShiftRef} from './record-store.js'

/** The object meant: the one named, or the only one of the namespace that was ever shifted. Throws a UserError (exit code 2). */
export async function shiftMeant(resources: Resources, {namespace, name}: {readonly namespace: string; readonly name: string | undefined}): Promise<ShiftRef> {
  if (name !== undefined) return {namespace, ...(await namedObject(resources, namespace, name))}
  const [only, ...more] = await shiftedObjects(resources, namespace)
  if (only !== undefined && more.length === 0) return {namespace, ...only}
  if (only === undefined)
    throw new UserError(`nothing was shifted in namespace "${namespace}"`, {hint: "begin with 'tshift shift NAME --to SUBSET'", exitCode: 2})
  throw new UserError(`several routes were shifted in namespace "${namespace}"`, {hint: `say which: ${[only, ...more].map(typedName).join(', ')}`, exitCode: 2})
}

/** The record of a shift; throws a UserError (exit code 2) where there never was one. */
export async function existingShift(resources: Resources, ref: ShiftRef): Promise<ShiftRecord & {readonly state: ShiftState}> {
  const record = await readRecord(resources, ref)
  return {...record, state: stateIn(record, ref)}
}

function stateIn({state}: ShiftRecord, ref: ShiftRef): ShiftState {
  if (state !== undefined) return state
  throw new UserError(`${spokenName(ref)} in namespace "${ref.namespace}" was not shifted`, {
    hint: "begin with 'tshift shift NAME --to SUBSET'",
    exitCode: 2,
  })
}

/** Whether a live process carries the shift out. */
export function isCarriedOut({lease}: ShiftRecord): boolean {
  return isHeld(lease, Date.now(), isProcessAlive)
}

/** Puts what a person wants through the state machine; a process that carries the shift out acts on it at once. Throws a UserError (exit code 2). */
export async function control(resources: Resources, ref: ShiftRef, event: ShiftEvent): Promise<ShiftRecord & {readonly state: ShiftState}> {
  const changed = await changeRecord(resources, ref, (record) => ({...record, state: transition(stateIn(record, ref), event, Date.now())}))
  return {...changed, state: stateIn(changed, ref)}
}

/**
 * Puts the weights of an earlier revision back. Throws a UserError (exit code 2) where there is nothing to undo or a shift is under way, which has to
 * be aborted instead.
 */
export async function undo(
  resources: Resources,
  ref: ShiftRef,
  revision: number | undefined,
): Promise<{readonly target: Revision; readonly service: Shiftable}> {
  const record = await readRecord(resources, ref)
  if (isHeld(record.lease, Date.now(), isProcessAlive)) throw heldBy(ref, record.lease)
  if (record.state !== undefined && !isOver(record.state)) {
    throw new UserError(`the shift of ${spokenName(ref)} is not over`, {
      hint: `'tshift shift abort ${typedName(ref)}' rolls it back`,
      exitCode: 2,
    })
  }
  const at = formatTime(Date.now())
  const {virtualService: name, namespace} = ref
  const type = typeOfShifted(ref)
  const stored = await resources.get<Shiftable>(type, namespace, name)
  const rule = record.history.at(-1)?.rule ?? 0
  // what was applied since the last shift is a revision as well
  const history = withRevision(record.history, {at, rule, route: routeOf(stored, rule), cause: 'applied', isStart: false})
  const target = undoTarget(history, revision)
  const {object} = await resources.mutate<Shiftable>(type, {namespace, name}, (service) => withRoute(service, target.rule, target.route), BY_SHIFT)
  await changeRecord(resources, ref, (now) => ({
    ...now,
    history: withRevision(history, {at, rule: target.rule, route: target.route, cause: `undo to revision ${target.revision}`, isStart: false}),
  }))
  return {target, service: object}
}

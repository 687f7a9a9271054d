import {UserError} from '../base/user-error.js'
import type {Revision} from './history.js'
import type {Lease} from './lease.js'
import type {ShiftedObject} from './shifted-object.js'
import type {ShiftState} from './state.js'

/** All that is kept of the shifts of one VirtualService or TCPRoute. */
export interface ShiftRecord {
  /** Undefined where weights were only ever undone. */
  readonly state?: ShiftState | undefined
  readonly lease?: Lease | undefined
  readonly history: readonly Revision[]
}

export const SHIFT_LABEL = 'tshift.dev/shift'

const PREFIX = 'tshift-shift-'
const TCP_ROUTE_PREFIX = 'tshift-tcproute-shift-'

/** The name of the ConfigMap that keeps it. */
export function recordName({virtualService, kind}: ShiftedObject): string {
  return `${kind === undefined ? PREFIX : TCP_ROUTE_PREFIX}${virtualService}`
}

/** The object whose shifts a ConfigMap of this name keeps. */
export function shiftedObjectOf(name: string): ShiftedObject {
  return name.startsWith(TCP_ROUTE_PREFIX)
    ? {virtualService: name.slice(TCP_ROUTE_PREFIX.length), kind: 'TCPRoute'}
    : {virtualService: name.slice(PREFIX.length)}
}

/** The record as the data of a ConfigMap: texts that people may read with `get -o yaml`. */
export function encodeRecord({state, lease, history}: ShiftRecord): Readonly<Record<string, string>> {
  return {
    history: JSON.stringify(history),
    ...(state === undefined ? {} : {state: JSON.stringify(state), phase: state.phase.type}),
    ...(lease === undefined ? {} : {lease: JSON.stringify(lease)}),
  }
}

/** Throws a UserError where somebody has edited the ConfigMap into something else. */
export function decodeRecord(data: Readonly<Record<string, string>> | undefined, name: string): ShiftRecord {
  try {
    const read = (key: string): unknown => (data?.[key] === undefined ? undefined : JSON.parse(data[key]))
    const history = read('history') ?? []
    if (!Array.isArray(history)) throw new TypeError('no list')
    return {state: read('state') as ShiftState | undefined, lease: read('lease') as Lease | undefined, history: history as readonly Revision[]}
  } catch (cause) {
    throw new UserError(`the state of the shift in configmap "${name}" cannot be read`, {
      hint: `delete it to forget the shift: tshift delete configmap ${name}`,
      cause,
    })
  }
}

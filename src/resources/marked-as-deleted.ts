import {formatTime, type KubeObject} from '../api/object.js'
import type {DeletionMark} from './write-options.js'

/** An object that is being deleted, due in `graceSeconds`. A deletion that is under way may be made shorter, not longer. */
export function markedAsDeleted(stored: KubeObject, {graceSeconds, finalizers = []}: DeletionMark, nowMs: number): KubeObject {
  const {deletionTimestamp, deletionGracePeriodSeconds = 0, generation = 0} = stored.metadata
  const held = [...new Set([...(stored.metadata.finalizers ?? []), ...finalizers])]
  const isSooner = deletionTimestamp === undefined || graceSeconds < deletionGracePeriodSeconds
  const raised = generation === 0 ? {} : {generation: generation + 1} // kinds without one get none
  const due = isSooner ? {deletionTimestamp: formatTime(nowMs + graceSeconds * 1000), deletionGracePeriodSeconds: graceSeconds, ...raised} : {}
  return {...stored, metadata: {...stored.metadata, ...(held.length === 0 ? {} : {finalizers: held}), ...due}}
}

import type {Fields} from './fields.js'
import {formatMoment} from './times.js'

/** When the object was made. */
export function createdLine(object: Fields): string {
  return `CreationTimestamp:\t${formatMoment(object.text('metadata.creationTimestamp'))}`
}

/** A workload's conditions. */
export function workloadConditions(status: Fields): readonly string[] {
  const conditions = status.items('conditions')
  if (conditions.length === 0) return []
  const rows = conditions.map((condition) => `  ${condition.text('type')} \t${condition.text('status')}\t${condition.text('reason')}`)
  return ['Conditions:', '  Type\tStatus\tReason', '  ----\t------\t------', ...rows]
}

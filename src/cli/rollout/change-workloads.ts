import {UserError} from '../../base/user-error.js'
import type {Resources} from '../../resources/resources.js'
import {failed} from '../failed.js'
import type {Edit} from './edits.js'
import type {Change} from './print-changes.js'
import type {Selected} from './select-workloads.js'
import {resourceName} from './workload.js'

export interface ChangeOptions {
  readonly edit: Edit
  /** What became of an object: `restarted`. */
  readonly operation: string
  readonly fieldManager: string
}

/** Makes the same change to every workload; one that refuses keeps none of the others back. */
export async function* changeWorkloads(selected: AsyncIterable<Selected>, options: ChangeOptions, resources: Resources): AsyncIterable<Change> {
  for await (const one of selected) yield one.type === 'failed' ? failed(one.error) : await changeOne(one, options, resources)
}

async function changeOne({resource, object}: Extract<Selected, {type: 'found'}>, options: ChangeOptions, resources: Resources): Promise<Change> {
  const {edit, operation, fieldManager} = options
  try {
    const {object: written, changed} = await resources.mutate(resource, object.metadata, edit, {fieldManager})
    if (changed) return {type: 'done', resource, object: written, operation}
    const hint = 'if restart has already been triggered within the past second, please wait before attempting to trigger another'
    return failed(new UserError(`failed to create patch for ${object.metadata.name}: ${hint}`, {isBare: true}))
  } catch (error) {
    return failed(error instanceof UserError ? new UserError(`${resourceName(resource, object)} ${error.message}`) : error)
  }
}

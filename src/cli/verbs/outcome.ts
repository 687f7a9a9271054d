import type {KubeObject} from '../../api/object.js'
import {StatusError} from '../../api/status-error.js'
import {UserError} from '../../base/user-error.js'
import {failureOf} from '../failure.js'

/** What became of one object a command was asked to change; commands print these as they come, notes to stdout before the rest. */
export type Outcome =
  | {readonly type: 'done'; readonly object: KubeObject; readonly operation: string; readonly warnings: readonly string[]; readonly notes?: readonly string[]}
  | {readonly type: 'failed'; readonly text: string}

/** What came of an object, a refusal included: it does not stop the rest. */
export async function orFailed(act: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await act()
  } catch (error) {
    if (!(error instanceof UserError || error instanceof StatusError)) throw error
    return {type: 'failed', text: failureOf(error).text}
  }
}

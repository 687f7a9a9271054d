import type {KubeObject} from '../../api/object.js'
import {failed, type Failed} from '../failed.js'

/** What became of one object a command was asked to change; commands print these as they come, notes to stdout before the rest. */
export type Outcome =
  | {readonly type: 'done'; readonly object: KubeObject; readonly operation: string; readonly warnings: readonly string[]; readonly notes?: readonly string[]}
  | Failed

/** What came of an object, a refusal included: it does not stop the rest. */
export async function orFailed(act: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await act()
  } catch (error) {
    return failed(error)
  }
}

/** What came of each object, in their order; a refusal is the end of its own object only. */
export async function* eachInTurn(objects: readonly KubeObject[], act: (object: KubeObject) => AsyncIterable<Outcome>): AsyncIterable<Outcome> {
  for (const object of objects) {
    try {
      yield* act(object)
    } catch (error) {
      yield failed(error)
    }
  }
}

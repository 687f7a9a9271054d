import type {KubeObject} from '../../api/object.js'
import {failureOf, isRefusal} from '../failure.js'

/** What became of one object a command was asked to change; commands print these as they come, notes to stdout before the rest. */
export type Outcome =
  | {readonly type: 'done'; readonly object: KubeObject; readonly operation: string; readonly warnings: readonly string[]; readonly notes?: readonly string[]}
  | {readonly type: 'failed'; readonly text: string}

/** What came of an object, a refusal included: it does not stop the rest. */
export async function orFailed(act: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await act()
  } catch (error) {
    if (!isRefusal(error)) throw error
    return {type: 'failed', text: failureOf(error).text}
  }
}

/** What came of each object, in their order; a refusal is the end of its own object only. */
export async function* eachInTurn(objects: readonly KubeObject[], act: (object: KubeObject) => AsyncIterable<Outcome>): AsyncIterable<Outcome> {
  for (const object of objects) {
    try {
      yield* act(object)
    } catch (error) {
      if (!isRefusal(error)) throw error
      yield {type: 'failed', text: failureOf(error).text}
    }
  }
}

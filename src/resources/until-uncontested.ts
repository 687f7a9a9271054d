import {isConflict} from '../api/status-error.js'

const MAX_CONFLICTS = 20

/** Reads and writes again for as long as someone else wrote in between: `write` may be called more than once. Throws what it throws, at last a Conflict. */
export async function untilUncontested<R>(write: () => Promise<R>, mayRetry: () => boolean = () => true): Promise<R> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await write()
    } catch (error) {
      if (!isConflict(error) || attempt >= MAX_CONFLICTS || !mayRetry()) throw error
    }
  }
}

import {WakeUp} from '../base/wake-up.js'
import type {Change} from './store.js'

/** A store's memory of what changed, as far as `follow` needs it. */
export interface ChangeLog {
  /** Some of the changes after revision `after`, oldest first and without a gap; none where there is nothing newer. Throws RevisionExpired. */
  changesAfter(after: number): readonly Change[]
  /** Calls `listener` whenever there may be something new, until the returned function is called. */
  listen(listener: () => void): () => void
  isClosed(): boolean
}

export interface FeedOptions {
  readonly prefix: string
  readonly after: number
  readonly signal: AbortSignal
}

/** `Store.watch` over a change log. The wake-up is in place before the first look, so no change falls between looking and waiting. */
export async function* follow(log: ChangeLog, {prefix, after, signal}: FeedOptions): AsyncGenerator<readonly Change[]> {
  const news = new WakeUp()
  const isOver = () => signal.aborted || log.isClosed()
  if (isOver()) return
  const stopListening = log.listen(news.call)
  signal.addEventListener('abort', news.call)
  try {
    for (let seen = after; !isOver(); ) {
      const changes = log.changesAfter(seen)
      seen = changes.at(-1)?.revision ?? seen
      const wanted = changes.filter(({key}) => key.startsWith(prefix))
      if (wanted.length > 0) yield wanted
      else if (changes.length === 0) await news.called()
    }
  } finally {
    signal.removeEventListener('abort', news.call)
    stopListening()
  }
}

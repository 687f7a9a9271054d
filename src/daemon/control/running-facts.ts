import type {ListeningSocket} from '../pods/listening-sockets.js'

/** What only a running gateway process can tell, for whoever analyzes what is applied. */
export interface RunningFacts {
  /** Where the processes of pods listen, by `namespace/name`. */
  readonly listening: Readonly<Record<string, readonly ListeningSocket[]>>
  /** The keys of credentials that are bad or gone by now, and whose last good state is served for as long as the process lives. */
  readonly kept: readonly string[]
  /** Host names that could not be resolved the last time. */
  readonly unresolved: Readonly<Record<string, UnresolvedName>>
}

export interface UnresolvedName {
  readonly reason: string
  /** Those it had before, which stay in use; absent where it never had any. */
  readonly addresses?: readonly string[]
}

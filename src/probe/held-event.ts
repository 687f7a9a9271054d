import type {ProbeError} from './observation.js'

/** How a connection was cut: the peer ended it (FIN), reset it (RST), or the system gave it up. */
export type CutBy = 'FIN' | 'RST' | 'error'

/** What became of one of many connections that are held open. Times in ms; `atMs` since holding began with the first connect. */
export type HeldEvent =
  /** Connected, and one message was answered by one line. */
  | {readonly type: 'opened'; readonly index: number; readonly atMs: number; readonly openMs: number; readonly reply: string; readonly source?: string}
  /** Never got so far. */
  | {readonly type: 'failed'; readonly index: number; readonly atMs: number; readonly error: ProbeError}
  /** Ended by the other side after it was opened. */
  | {
      readonly type: 'cut'
      readonly index: number
      readonly atMs: number
      readonly heldMs: number
      readonly by: CutBy
      /** For a human. */
      readonly message: string
      readonly reply: string
      readonly source?: string
    }
  /** Still open when holding was over. */
  | {readonly type: 'kept'; readonly index: number; readonly atMs: number; readonly heldMs: number; readonly reply: string; readonly source?: string}

/** What one connection of the probe saw. Times in milliseconds. */
export interface Observation {
  /** Order of the connect, from 0. */
  readonly index: number
  /** Start of the connect, ms since the probe began. */
  readonly startMs: number
  /** Undefined where the connection was not established. */
  readonly connectMs?: number
  /** From connect to the first byte of the reply. */
  readonly firstByteMs?: number
  readonly totalMs: number
  /** Every byte of the reply as UTF-8, as `nc` would print it. */
  readonly reply: string
  /** Local address of the connection, `host:port`. */
  readonly source?: string
  readonly error?: ProbeError
}

export interface ProbeError {
  /** What became of the connection. */
  readonly kind: 'refused' | 'timeout' | 'reset' | 'closed' | 'unreachable'
  readonly message: string
}

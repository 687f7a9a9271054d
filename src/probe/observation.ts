/**
 * What one connection of the probe saw. Times in milliseconds. Under a pacer, latencies count from the time at which the connection was meant to start:
 * one that had to wait its turn looks as slow as it was to whoever would have made it (no coordinated omission).
 */
export interface Observation {
  /** Order of the connect, from 0. */
  readonly index: number
  /** Start of the connect, ms since the probe began. */
  readonly startMs: number
  /** Only under a pacer: how long after its time the connection started. Contained in connectMs, tlsMs, firstByteMs and totalMs. */
  readonly waitedMs?: number
  /** Undefined where the connection was not established. */
  readonly connectMs?: number
  /** Until the TLS handshake was done. */
  readonly tlsMs?: number
  /** From connect to the first byte of the reply. */
  readonly firstByteMs?: number
  readonly totalMs: number
  /** Where messages were sent in turns: from the sending of each to the end of its reply line. */
  readonly messageMs?: readonly number[]
  /** Every byte of the reply as UTF-8, as `nc` would print it; as hex where that was asked for. Of a conversation the first MiB. */
  readonly reply: string
  /** Local address of the connection, `host:port`. */
  readonly source?: string
  /** The other end, `host:port`: a name may stand for several addresses. */
  readonly peer?: string
  /** Made to warm up, not to be counted. */
  readonly warmup?: true
  readonly error?: ProbeError
}

export interface ProbeError {
  /** What became of the connection. */
  readonly kind: 'refused' | 'timeout' | 'reset' | 'closed' | 'unreachable' | 'tls'
  readonly message: string
}

/** Who carries a shift out. */
export interface Lease {
  /** Unique to one run of the command. */
  readonly holder: string
  readonly pid: number
  /** Unix epoch, ms. */
  readonly renewedMs: number
}

/** A holder that has not renewed for so long hangs, and somebody else may go on. */
const LEASE_MS = 15_000
export const RENEW_MS = 5_000

/** Whether somebody still carries the shift out: a dead process's lease is over at once, a stopped one's after `LEASE_MS`. */
export function isHeld(lease: Lease | undefined, nowMs: number, isAlive: (pid: number) => boolean): lease is Lease {
  return lease !== undefined && nowMs - lease.renewedMs < LEASE_MS && isAlive(lease.pid)
}

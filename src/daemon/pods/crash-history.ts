/** How long a container that ends again and again has to wait for its next start. */
export interface CrashHistory {
  readonly delayMs: number
  /** Of the restart before. */
  readonly restartedMs: number
}

const FIRST_MS = 10_000
const MAX_MS = 300_000
/** A container that ran so long is taken for one that never crashed. */
const FORGOTTEN_MS = 2 * MAX_MS

/** How long a container that ended at `endedMs` waits: the first time not at all. Source: client-go `flowcontrol.Backoff` as the kubelet uses it. */
export function waitAfterEnd(history: CrashHistory | undefined, endedMs: number): number {
  return history === undefined || isForgotten(history, endedMs) ? 0 : history.delayMs
}

/** The history once the container is started again. */
export function afterRestart(history: CrashHistory | undefined, endedMs: number, nowMs: number): CrashHistory {
  const isFirst = history === undefined || isForgotten(history, endedMs)
  return {delayMs: isFirst ? FIRST_MS : Math.min(MAX_MS, 2 * history.delayMs), restartedMs: nowMs}
}

function isForgotten({restartedMs}: CrashHistory, endedMs: number): boolean {
  return endedMs - restartedMs > FORGOTTEN_MS
}

/** `10s`, `1m20s`, `5m0s`, as Go prints a duration of whole seconds. */
export function formatWait(ms: number): string {
  const seconds = Math.round(ms / 1000)
  return seconds < 60 ? `${seconds}s` : `${Math.floor(seconds / 60)}m${seconds % 60}s`
}

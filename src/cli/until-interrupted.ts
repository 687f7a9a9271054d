/**
 * Aborts at the first SIGINT, SIGTERM or other signal named, so that a command can end in order; a second one ends it as usual.
 * Its listener stays until all others have seen the signal: `ora` gives the cursor back by way of `signal-exit`, which ends the process where
 * nobody else listens.
 */
export function untilInterrupted(others: readonly NodeJS.Signals[] = []): AbortSignal {
  const aborted = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM', ...others] as const) {
    const abort = () => {
      setImmediate(() => process.off(name, abort))
      aborted.abort(name)
    }
    process.on(name, abort)
  }
  return aborted.signal
}

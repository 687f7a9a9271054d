/** Aborts at the first SIGINT, SIGTERM or other signal named, so that a command can end in order; a second one ends it as usual. */
export function untilInterrupted(others: readonly NodeJS.Signals[] = []): AbortSignal {
  const aborted = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM', ...others] as const) process.once(name, () => aborted.abort(name))
  return aborted.signal
}

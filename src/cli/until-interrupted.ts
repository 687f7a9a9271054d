/** Aborts at the first SIGINT or SIGTERM, so that a command can end in order; a second one ends it as usual. */
export function untilInterrupted(): AbortSignal {
  const aborted = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => aborted.abort(name))
  return aborted.signal
}

const UNITS: Readonly<Record<string, number>> = {ns: 1, us: 1e3, µs: 1e3, μs: 1e3, ms: 1e6, s: 1e9, m: 6e10, h: 3.6e12}
const WHOLE = /^[-+]?(?:0|(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/
const PART = /(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h)/g

/** Nanoseconds of a Go duration (`1h30m`, `500ms`); undefined where the text is none. */
export function parseNanoseconds(text: string): number | undefined {
  if (!WHOLE.test(text)) return undefined
  const sum = [...text.matchAll(PART)].reduce((total, [, amount, unit = 's']) => total + Math.round(Number(amount) * (UNITS[unit] ?? 0)), 0)
  return text.startsWith('-') ? -sum : sum
}

/** istiod wants whole milliseconds and at least one. A text that is no duration is refused before, with its field's name. */
export function checkDuration(text: string | undefined): readonly string[] {
  const nanoseconds = text === undefined ? undefined : parseNanoseconds(text)
  if (nanoseconds === undefined) return []
  if (nanoseconds < 1e6) return ['duration must be greater than 1ms']
  return nanoseconds % 1e6 === 0 ? [] : ['only durations to ms precision are supported']
}

const UNIT_MS: Readonly<Record<string, number>> = {ns: 1e-6, us: 1e-3, µs: 1e-3, μs: 1e-3, ms: 1, s: 1000, m: 60_000, h: 3_600_000}
const WHOLE = /^[-+]?(?:0|(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/
const PART = /(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h)/g

/**
 * Milliseconds of a duration such as `10s`, `1h30m` or `500ms` (Go time.ParseDuration, of which protobuf's JSON form is a part);
 * undefined where the text is none.
 */
export function parseDurationMs(text: string): number | undefined {
  if (!WHOLE.test(text)) return undefined
  let ms = 0
  for (const [, amount = '0', unit = 'ms'] of text.matchAll(PART)) ms += Number(amount) * (UNIT_MS[unit] ?? 0)
  const rounded = Math.round(ms * 1e6) / 1e6 // to the nanosecond: sums of decimal fractions must not show in a routing table
  return text.startsWith('-') ? -rounded : rounded
}

/**
 * A float in Go's shortest `%g`: an exponent of at least two digits below 1e-4 and from 1e+06 on (`1e-05`, `1.5e+06`).
 * Source: Go `strconv.FormatFloat(f, 'g', -1, 64)`, which go-yaml and `fmt.Print` use.
 */
export function formatGoFloat(value: number): string {
  const [mantissa = '', exponent = '0'] = value.toExponential().split('e')
  const power = Number(exponent)
  if (power >= -4 && power < 6) return String(value)
  return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`
}

const INT64 = [-(2n ** 63n), 2n ** 63n - 1n] as const
const UINT64 = [-(2n ** 63n), 2n ** 64n - 1n] as const

/**
 * A JSON number as Go prints it after decoding: whole numbers that fit its integers keep their digits, the others are floats.
 * kubectl's objects hold int64; go-yaml also reads uint64.
 */
export function formatGoNumber(value: number, integers: 'int64' | 'uint64'): string {
  const text = Object.is(value, -0) ? '0' : String(value)
  const [least, most] = integers === 'int64' ? INT64 : UINT64
  const isInteger = /^-?\d+$/.test(text) && BigInt(text) >= least && BigInt(text) <= most
  return isInteger ? text : formatGoFloat(value)
}

/** A Kubernetes quantity, in billionths of its unit: the API knows nothing finer and rounds up to them. */
export interface Quantity {
  readonly nanos: bigint
  readonly format: 'DecimalSI' | 'BinarySI' | 'DecimalExponent'
}

const UNIT = 1_000_000_000n
const BINARY = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei']
const DECIMAL = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E']
const EXPONENTS = DECIMAL.map((suffix, index) => (suffix === '' ? '' : `e${(index - 3) * 3}`))
const FORM = /^(?<sign>[+-]?)(?<whole>\d*)(?:\.(?<part>\d*))?(?<suffix>[numkMGTPE]|[KMGTPE]i|[eE][+-]?\d+|)$/

export const ZERO: Quantity = {nanos: 0n, format: 'DecimalSI'}

/** Undefined for what is no quantity. Source: apimachinery `resource.ParseQuantity`. */
export function parseQuantity(text: string): Quantity | undefined {
  const {sign = '', whole = '', part = '', suffix = ''} = FORM.exec(text)?.groups ?? {}
  if (whole === '' && part === '') return undefined
  const digits = BigInt(`${whole}${part}`) * UNIT
  const power = BINARY.indexOf(suffix)
  const isBinary = suffix !== '' && power > 0
  const scaled = isBinary ? digits * 1024n ** BigInt(power) : digits
  const exponent = (isBinary ? 0 : exponentOf(suffix)) - part.length
  const size = exponent >= 0 ? scaled * 10n ** BigInt(exponent) : divideUp(scaled, 10n ** BigInt(-exponent))
  return {nanos: sign === '-' ? -size : size, format: isBinary ? 'BinarySI' : /^[eE]/.test(suffix) && suffix.length > 1 ? 'DecimalExponent' : 'DecimalSI'}
}

function exponentOf(suffix: string): number {
  if (/^[eE][+-]?\d+$/.test(suffix)) return Number(suffix.slice(1))
  return (DECIMAL.indexOf(suffix) - 3) * 3
}

/** The sum, in the format of the first unless that is zero. Source: apimachinery `Quantity.Add`. */
export function addQuantities(left: Quantity, right: Quantity): Quantity {
  return {nanos: left.nanos + right.nanos, format: left.nanos === 0n ? right.format : left.format}
}

/** The canonical form: the largest suffix that leaves a whole number (`1000m` → `1`, `2048Ki` → `2Mi`). Source: `Quantity.CanonicalizeBytes`. */
export function formatQuantity({nanos, format}: Quantity): string {
  if (nanos === 0n) return '0'
  const isSmall = nanos > -1024n * UNIT && nanos < 1024n * UNIT
  if (format === 'BinarySI' && !isSmall && nanos % UNIT === 0n) return withSuffix(nanos / UNIT, 1024n, BINARY)
  return withSuffix(nanos, 1000n, format === 'DecimalExponent' ? EXPONENTS : DECIMAL)
}

function withSuffix(value: bigint, base: bigint, suffixes: readonly string[]): string {
  let rest = value
  let power = 0
  while (rest % base === 0n && power < suffixes.length - 1) {
    rest /= base
    power++
  }
  return `${rest}${suffixes[power]}`
}

/** A quantity's text in its canonical form; as it stands where it is none. */
export function canonicalQuantity(text: string): string {
  const quantity = parseQuantity(text)
  return quantity === undefined ? text : formatQuantity(quantity)
}

/** For values that are not negative. */
export function divideUp(value: bigint, by: bigint): bigint {
  return (value + by - 1n) / by
}

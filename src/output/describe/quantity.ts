/**
 * A Kubernetes quantity. `thousandths` of its unit are exact: parts below a thousandth are rounded up, which the API does with them as well
 * where it compares.
 */
export interface Quantity {
  readonly thousandths: bigint
  readonly format: 'DecimalSI' | 'BinarySI' | 'DecimalExponent'
}

const BINARY = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei']
const DECIMAL = ['m', '', 'k', 'M', 'G', 'T', 'P', 'E']
const FORM = /^(?<sign>[+-]?)(?<whole>\d*)(?:\.(?<part>\d*))?(?<suffix>[numkMGTPE]|[KMGTPE]i|[eE][+-]?\d+|)$/

export const ZERO: Quantity = {thousandths: 0n, format: 'DecimalSI'}

/** Undefined for what is no quantity. Source: apimachinery `resource.ParseQuantity`. */
export function parseQuantity(text: string): Quantity | undefined {
  const {sign = '', whole = '', part = '', suffix = ''} = FORM.exec(text)?.groups ?? {}
  if (whole === '' && part === '') return undefined
  const digits = BigInt(`${whole}${part}`) * 1000n
  const power = BINARY.indexOf(suffix)
  const isBinary = suffix !== '' && power > 0
  const scaled = isBinary ? digits * 1024n ** BigInt(power) : digits
  const exponent = (isBinary ? 0 : exponentOf(suffix)) - part.length
  const size = exponent >= 0 ? scaled * 10n ** BigInt(exponent) : divideUp(scaled, 10n ** BigInt(-exponent))
  return {thousandths: sign === '-' ? -size : size, format: isBinary ? 'BinarySI' : /^[eE]/.test(suffix) && suffix.length > 1 ? 'DecimalExponent' : 'DecimalSI'}
}

function exponentOf(suffix: string): number {
  if (/^[eE][+-]?\d+$/.test(suffix)) return Number(suffix.slice(1))
  if (suffix === 'n' || suffix === 'u') return suffix === 'n' ? -9 : -6
  return (DECIMAL.indexOf(suffix) - 1) * 3
}

/** The sum, in the format of the first unless that is zero. Source: apimachinery `Quantity.Add`. */
export function addQuantities(left: Quantity, right: Quantity): Quantity {
  return {thousandths: left.thousandths + right.thousandths, format: left.thousandths === 0n ? right.format : left.format}
}

/** The canonical form: the largest suffix that leaves a whole number (`1000m` → `1`, `2048Ki` → `2Mi`). Source: `Quantity.CanonicalizeBytes`. */
export function formatQuantity({thousandths, format}: Quantity): string {
  if (thousandths === 0n) return '0'
  const isSmall = thousandths > -1024_000n && thousandths < 1024_000n
  if (format === 'BinarySI' && !isSmall && thousandths % 1000n === 0n) return withSuffix(thousandths / 1000n, 1024n, BINARY)
  if (format !== 'DecimalExponent') return withSuffix(thousandths, 1000n, DECIMAL)
  const exponents = Array.from({length: 12}, (_, index) => (index === 1 ? '' : `e${(index - 1) * 3}`))
  return withSuffix(thousandths, 1000n, exponents)
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

/** For non-negative values. */
export function divideUp(value: bigint, by: bigint): bigint {
  return (value + by - 1n) / by
}

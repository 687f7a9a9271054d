/** What an unquoted YAML 1.1 scalar means to kubectl. Timestamps stay text, but a writer has to quote text that looks like one. */
export type PlainScalar =
  | {readonly type: 'null'}
  | {readonly type: 'bool'; readonly value: boolean}
  | {readonly type: 'number'; readonly value: number}
  | {readonly type: 'timestamp'}
  | {readonly type: 'string'}

const WORDS = new Map<string, PlainScalar>([
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, {type: 'null'}] as const),
  ...['y', 'Y', ...casings('yes'), ...casings('true'), ...casings('on')].map((word) => [word, {type: 'bool', value: true}] as const),
  ...['n', 'N', ...casings('no'), ...casings('false'), ...casings('off')].map((word) => [word, {type: 'bool', value: false}] as const),
  ...casings('.nan').map((word) => [word, {type: 'number', value: NaN}] as const),
  ...['', '+'].flatMap((sign) => casings('.inf').map((word) => [sign + word, {type: 'number', value: Infinity}] as const)),
  ...casings('.inf').map((word) => [`-${word}`, {type: 'number', value: -Infinity}] as const),
])

/** `.nan` has no title case of its first letter: go-yaml lists `.NaN` and `.Inf`. */
function casings(word: string): readonly string[] {
  if (word === '.nan') return ['.nan', '.NaN', '.NAN']
  const start = word.startsWith('.') ? 2 : 1
  return [word, word.slice(0, start).toUpperCase() + word.slice(start), word.toUpperCase()]
}

const FLOAT = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/
const DECIMAL = /^[-+]?(0|[1-9][0-9]*)$/
const RADIX = /^([-+]?)0(?:[xX]([0-9a-fA-F]+)|[bB]([01]+)|[oO]?([0-7]+))$/
/** The largest value Go's ParseInt and ParseUint take; what is above is read as a float, or is text when it is not decimal. */
const UINT64_END = 2 ** 64

/**
 * The meaning of a plain scalar. Never throws.
 * Source: go-yaml v2 `resolve` with Go's `strconv`; measured against kubectl 1.35.
 */
export function resolvePlainScalar(text: string): PlainScalar {
  const word = WORDS.get(text)
  if (word !== undefined) return word
  if (text.startsWith('.')) return float(text.replace(/(?<=\d)_(?=\d)/g, ''))
  if (!/^[-+0-9]/.test(text)) return {type: 'string'}
  if (isTimestamp(text)) return {type: 'timestamp'}
  const plain = text.replaceAll('_', '')
  return integer(plain) ?? float(plain)
}

function integer(text: string): PlainScalar | undefined {
  // An integer zero has no sign.
  if (DECIMAL.test(text)) return {type: 'number', value: Number(text) + 0}
  const [, sign, hex, binary, octal] = RADIX.exec(text) ?? []
  if (sign === undefined) return undefined
  const value = hex !== undefined ? parseInt(hex, 16) : binary !== undefined ? parseInt(binary, 2) : parseInt(octal ?? '', 8)
  if (value >= UINT64_END) return undefined
  return {type: 'number', value: sign === '-' ? 0 - value : value}
}

function float(text: string): PlainScalar {
  // JSON's way through Go loses the sign of zero.
  const value = FLOAT.test(text) ? Number(text) + 0 : Infinity
  return Number.isFinite(value) ? {type: 'number', value} : {type: 'string'}
}

const DATE = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:([Tt ])(\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,]\d+)?(Z|[-+]\d\d:\d\d)?)?$/

/** Date, date and time with `T` and a zone, or with a space and none; each field in its range, as Go's `time.Parse` checks. */
function isTimestamp(text: string): boolean {
  const [, year, month, day, separator, hour, minute, second, zone] = DATE.exec(text) ?? []
  if (year === undefined) return false
  const daysInMonth = new Date(Date.UTC(2000 + (Number(year) % 400), Number(month), 0)).getUTCDate()
  if (!within(Number(month), 1, 12) || !within(Number(day), 1, daysInMonth)) return false
  if (separator === undefined) return true
  if ((separator === ' ') === (zone !== undefined)) return false
  return within(Number(hour), 0, 23) && within(Number(minute), 0, 59) && within(Number(second), 0, 59) && isZone(zone)
}

/** Go lets an offset of whole 24 hours or 60 minutes pass. */
function isZone(zone: string | undefined): boolean {
  if (zone === undefined || zone === 'Z') return true
  return within(Number(zone.slice(1, 3)), 0, 24) && within(Number(zone.slice(4)), 0, 60)
}

function within(value: number, least: number, most: number): boolean {
  return value >= least && value <= most
}

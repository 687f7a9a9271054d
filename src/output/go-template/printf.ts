import {sortedKeys} from '../byte-order.js'
import {formatDirective} from './format-directive.js'
import {formatValue, isInteger, isList, isMap, typeName, type Value} from './value.js'

/** Go's `fmt.Sprint`: a space between two values of which neither is text. */
export function print(values: readonly Value[]): string {
  return values
    .map((value, at) => `${at > 0 && typeof value !== 'string' && typeof values[at - 1] !== 'string' ? ' ' : ''}${formatValue(value)}`)
    .join('')
}

export function println(values: readonly Value[]): string {
  return `${values.map(formatValue).join(' ')}\n`
}

const DIRECTIVE = /%([-+# 0]*)(\*|\d+)?(?:\.(\*|\d*))?(?:\[(\d+)\])?([^]|$)/gu

/** What a directive asks of a value. */
export interface Directive {
  readonly flags: string
  readonly width: number | undefined
  readonly precision: number | undefined
  readonly verb: string
}

/** Go's `fmt.Sprintf`, its complaints about verbs and arguments included (`%!d(string=x)`). */
export function printf(format: string, values: readonly Value[]): string {
  let next = 0
  let isReordered = false
  const star = (text: string | undefined) => (text === '*' ? Number(isInteger(values[next]) ? values[next++] : 0) : text === undefined ? undefined : Number(text))
  const written = format.replace(DIRECTIVE, (_, flags: string, widthText?: string, precisionText?: string, place?: string, verb = '') => {
    const width = star(widthText)
    const precision = star(precisionText)
    if (place !== undefined) {
      next = Number(place) - 1
      isReordered = true
    }
    if (verb === '%') return '%'
    if (verb === '') return '%!(NOVERB)'
    if (next >= values.length) return `%!${verb}(${place === undefined ? 'MISSING' : 'BADINDEX'})`
    return formatArgument({flags, width, precision, verb}, values[next++])
  })
  const extra = isReordered ? [] : values.slice(next).map((value) => (value === undefined || value === null ? '<nil>' : `${typeName(value)}=${formatValue(value)}`))
  return extra.length === 0 ? written : `${written}%!(EXTRA ${extra.join(', ')})`
}

/** Lists and maps are printed element by element with the same directive. */
function formatArgument(directive: Directive, value: Value): string {
  // The plus of %+v is for the names of fields, which JSON has none of.
  const plain = directive.verb === 'v' ? {...directive, flags: directive.flags.replaceAll('+', '')} : directive
  if (plain.verb === 'T') return typeName(value)
  return isList(value) || isMap(value) ? formatInside(plain, value) : formatDirective(directive, value)
}

function formatInside(directive: Directive, value: Value): string {
  const {verb, flags} = directive
  const isGoSyntax = verb === 'v' && flags.includes('#')
  if (isList(value)) {
    const items = value.map((item) => formatArgument(directive, item))
    return isGoSyntax ? `[]interface {}{${items.join(', ')}}` : `[${items.join(' ')}]`
  }
  if (!isMap(value)) return ''
  const members = sortedKeys(value).map((key) => `${formatArgument(directive, key)}:${formatArgument(directive, value[key])}`)
  return isGoSyntax ? `map[string]interface {}{${members.join(', ')}}` : `map[${members.join(' ')}]`
}

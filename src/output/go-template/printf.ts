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
  const star = (text: string | undefined) => {
    if (text === '*') return Number(isInteger(values[next]) ? values[next++] : 0)
    return text === undefined ? undefined : Number(text)
  }
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
  const extra = isReordered ? [] : values.slice(next).map(showExtra)
  return extra.length === 0 ? written : `${written}%!(EXTRA ${extra.join(', ')})`
}

function showExtra(value: Value): string {
  return value === undefined || value === null ? '<nil>' : `${typeName(value)}=${formatValue(value)}`
}

/** Lists and maps are printed element by element with the same directive. */
function formatArgument(directive: Directive, value: Value): string {
  if (directive.verb === 'T') return typeName(value)
  if (!isList(value) && !isMap(value)) return formatDirective(directive, value)
  // The plus of %+v is for the names of fields, which JSON has none of.
  const inner = directive.verb === 'v' ? {...directive, flags: directive.flags.replaceAll('+', '')} : directive
  const isGoSyntax = inner.verb === 'v' && inner.flags.includes('#')
  if (isList(value)) return enclose(isGoSyntax ? '[]interface {}' : '[]', value.map((item) => formatArgument(inner, item)), isGoSyntax)
  const members = sortedKeys(value).map((key) => `${formatArgument(inner, key)}:${formatArgument(inner, value[key])}`)
  return enclose(isGoSyntax ? 'map[string]interface {}' : 'map[]', members, isGoSyntax)
}

function enclose(type: string, parts: readonly string[], isGoSyntax: boolean): string {
  return isGoSyntax ? `${type}{${parts.join(', ')}}` : type.replace('[]', () => `[${parts.join(' ')}]`)
}

import {compareFunctions} from './compare.js'
import {escapeHtml, escapeJs, escapeQuery} from './escape.js'
import {exists, index, length, slice} from './index-value.js'
import {print, println, printf} from './printf.js'
import {isTrue, type Value} from './value.js'

/** A function that templates can call; it throws an Error with Go's reason. */
export interface TemplateFunction {
  readonly least: number
  readonly most: number
  /** Whether the argument at a place has to be a string. */
  text?(index: number): boolean
  call(values: readonly Value[]): Value
}

const MANY = Number.POSITIVE_INFINITY

function fixed(count: number, call: TemplateFunction['call']): TemplateFunction {
  return {least: count, most: count, call}
}

function variadic(least: number, call: TemplateFunction['call']): TemplateFunction {
  return {least, most: MANY, call}
}

/** Go's own functions, and kubectl's `exists` and `base64decode`. `and`, `or` and `call` are evaluated where they are called. */
export const FUNCTIONS: ReadonlyMap<string, TemplateFunction> = new Map<string, TemplateFunction>([
  ['and', variadic(1, ([first]) => first)],
  ['or', variadic(1, ([first]) => first)],
  ['not', fixed(1, ([value]) => !isTrue(value))],
  ['call', variadic(1, () => undefined)],
  ['html', variadic(0, (values) => escapeHtml(joined(values)))],
  ['js', variadic(0, (values) => escapeJs(joined(values)))],
  ['urlquery', variadic(0, (values) => escapeQuery(joined(values)))],
  ['len', fixed(1, ([value]) => length(value))],
  ['index', variadic(1, ([value, ...keys]) => index(value, keys))],
  ['slice', variadic(1, ([value, ...bounds]) => slice(value, bounds))],
  ['print', variadic(0, print)],
  ['println', variadic(0, println)],
  ['printf', {...variadic(1, ([format, ...values]) => printf(String(format), values)), text: (place) => place === 0}],
  ...compareFunctions(),
  ['exists', variadic(1, ([value, ...keys]) => exists(value, keys))],
  ['base64decode', {...fixed(1, ([text]) => decodeBase64(String(text))), text: () => true}],
])

/** Several arguments of an escaping function are printed one behind the other. */
function joined(values: readonly Value[]): string {
  return print(values.map((value) => value ?? '<no value>'))
}

/** Source: Go `base64.StdEncoding`, whose errors tell the place. */
function decodeBase64(text: string): string {
  const plain = text.replace(/[\r\n]/g, '')
  const bad = /[^A-Za-z0-9+/=]/.exec(plain)?.index
  const padding = /=+$/.exec(plain)
  const place = bad ?? (plain.length % 4 === 0 && (padding?.[0].length ?? 0) <= 2 ? undefined : Math.max(plain.length - (plain.length % 4), 0))
  if (place !== undefined) throw new Error(`base64 decode failed: illegal base64 data at input byte ${place}`)
  return new TextDecoder().decode(Uint8Array.from(atob(plain), (char) => char.charCodeAt(0)))
}

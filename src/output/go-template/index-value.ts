import {isInteger, isList, isMap, numberOf, typeName, type Value} from './value.js'

/** `len`: of text in bytes. Throws an Error in Go's words. */
export function length(value: Value): bigint {
  if (value === undefined) throw new Error('reflect: call of reflect.Value.Type on zero Value')
  if (value === null) throw new Error('len of nil pointer')
  if (typeof value === 'string') return BigInt(bytesOf(value).length)
  if (isList(value)) return BigInt(value.length)
  if (isMap(value)) return BigInt(Object.values(value).filter((member) => member !== undefined).length)
  throw new Error(`len of type ${typeName(value)}`)
}

/** `index x 1 "a"` is `x[1]["a"]`; a key a map lacks gives nothing. Throws an Error in Go's words. */
export function index(value: Value, keys: readonly Value[]): Value {
  if (value === undefined || value === null) throw new Error('index of untyped nil')
  return keys.reduce<Value>((item, key) => step(item, key), value)
}

function step(item: Value, key: Value): Value {
  if (item === undefined || item === null) throw new Error('index of nil pointer')
  if (typeof item === 'string') return bytesOf(item)[within(key, bytesOf(item).length, 'string')]
  if (isList(item)) return item[within(key, item.length, 'slice')]
  if (!isMap(item)) throw new Error(`can't index item of type ${typeName(item)}`)
  if (key === undefined || key === null) throw new Error('value is nil; should be of type string')
  if (typeof key !== 'string') throw new Error(`value has type ${typeName(key)}; should be string`)
  return Object.hasOwn(item, key) ? (item[key] ?? null) : null
}

function within(key: Value, count: number, kind: string): number {
  const at = bound(key, count)
  if (at === count) throw new Error(`reflect: ${kind} index out of range`)
  return at
}

function bound(key: Value, count: number): number {
  if (key === undefined || key === null) throw new Error('cannot index slice/array with nil')
  if (!isInteger(key)) throw new Error(`cannot index slice/array with type ${typeName(key)}`)
  const at = numberOf(key)
  if (at < 0 || at > count) throw new Error(`index out of range: ${at}`)
  return at
}

/** `slice x 1 2` is `x[1:2]`, of text by bytes. Throws an Error in Go's words. */
export function slice(value: Value, bounds: readonly Value[]): Value {
  if (value === undefined || value === null) throw new Error('slice of untyped nil')
  if (bounds.length > 3) throw new Error(`too many slice indexes: ${bounds.length}`)
  if (typeof value !== 'string' && !isList(value)) throw new Error(`can't slice item of type ${typeName(value)}`)
  if (typeof value === 'string' && bounds.length === 3) throw new Error('cannot 3-index slice a string')
  const count = typeof value === 'string' ? bytesOf(value).length : value.length
  const [start = 0, end = count] = bounds.map((one) => bound(one, count))
  if (start > end) throw new Error(`invalid slice index: ${start} > ${end}`)
  return typeof value === 'string' ? new TextDecoder().decode(bytesOf(value).subarray(start, end)) : value.slice(start, end)
}

/** kubectl's own: whether `index` with these keys would find something. */
export function exists(value: Value, keys: readonly Value[]): boolean {
  let item = value
  for (const key of keys) {
    if (isMap(item)) item = typeof key === 'string' && Object.hasOwn(item, key) ? item[key] : undefined
    else if (isList(item) && isInteger(key)) item = item[numberOf(key)]
    else if (typeof item === 'string' && isInteger(key)) item = bytesOf(item)[numberOf(key)]
    else return false
  }
  return item !== undefined && item !== null
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

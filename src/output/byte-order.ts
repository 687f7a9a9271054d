/** The order of two strings by their UTF-8 bytes, which is that of their code points and Go's order of map keys. */
export function compareBytes(left: string, right: string): number {
  const length = Math.min(left.length, right.length)
  for (let at = 0; at < length; at++) {
    if (left.charCodeAt(at) !== right.charCodeAt(at)) return rank(left.charCodeAt(at)) - rank(right.charCodeAt(at))
  }
  return left.length - right.length
}

/** UTF-16 puts surrogates, which stand for the highest code points, below U+E000. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit
}

/** From here on the order of UTF-16 is not that of code points. */
const BEYOND = /[\ud800-\uffff]/

/** The keys that have a value, in the order Go prints them. */
export function sortedKeys(map: {readonly [key: string]: unknown}): string[] {
  const keys: string[] = []
  let isPlain = true
  for (const key of Object.keys(map)) {
    if (map[key] === undefined) continue
    keys.push(key)
    isPlain &&= !BEYOND.test(key)
  }
  return isPlain ? keys.sort() : keys.sort(compareBytes)
}

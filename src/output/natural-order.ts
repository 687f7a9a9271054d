const LETTER = /^\p{L}$/u
const DIGIT = /^\p{Nd}$/u

/**
 * The order of keys in kubectl's YAML: runs of digits count as numbers, letters come after every other character.
 * Source: go-yaml v2 `keyList.Less`.
 */
export function compareNaturally(left: string, right: string): number {
  const a = [...left]
  const b = [...right]
  const at = a.findIndex((char, index) => char !== b[index])
  if (at === -1 || at >= b.length) return a.length - b.length
  return compareAt(a, b, at)
}

/** `at` is the first place where the two differ. */
function compareAt(a: readonly string[], b: readonly string[], at: number): number {
  const [charA = '', charB = ''] = [a[at], b[at]]
  const [letterA, letterB] = [LETTER.test(charA), LETTER.test(charB)]
  if (letterA !== letterB) return letterA ? 1 : -1
  if (letterA) return codePoint(charA) - codePoint(charB)
  const carry = (charA === '0' || charB === '0') && followsNonZeroDigit(a, at) ? '1' : ''
  const [runA, runB] = [digitsFrom(a, at), digitsFrom(b, at)]
  return Number(carry + runA) - Number(carry + runB) || runA.length - runB.length || codePoint(charA) - codePoint(charB)
}

function followsNonZeroDigit(chars: readonly string[], at: number): boolean {
  for (let index = at - 1; index >= 0 && DIGIT.test(chars[index] ?? ''); index--) {
    if (chars[index] !== '0') return true
  }
  return false
}

function digitsFrom(chars: readonly string[], at: number): string {
  let end = at
  while (end < chars.length && DIGIT.test(chars[end] ?? '')) end++
  return chars.slice(at, end).join('')
}

function codePoint(char: string): number {
  return char.codePointAt(0) ?? 0
}

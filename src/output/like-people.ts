/**
 * The order in which runs of digits count as numbers: `pod-9` before `pod-10`.
 * Source: github.com/fvbommel/sortorder `NaturalLess`, which kubectl sorts text by.
 */
export function compareLikePeople(left: string, right: string): number {
  let [at, other] = [0, 0]
  while (at < left.length && other < right.length) {
    const [a, b] = [chunk(left, at), chunk(right, other)]
    const order = isDigits(a) && isDigits(b) ? compareNumbers(a, b) : compareText(a, b)
    if (order !== 0) return order
    at += a.length
    other += b.length
  }
  return left.length - at - (right.length - other)
}

/** A run of digits, or one character. */
function chunk(text: string, at: number): string {
  let end = at
  while (end < text.length && isDigit(text.charCodeAt(end))) end++
  return text.slice(at, Math.max(end, at + 1))
}

/** By value; where that is the same, the one with fewer zeros before it first. */
function compareNumbers(a: string, b: string): number {
  const [plainA, plainB] = [a.replace(/^0+/, ''), b.replace(/^0+/, '')]
  return plainA.length - plainB.length || compareText(plainA, plainB) || a.length - b.length
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function isDigits(text: string): boolean {
  return isDigit(text.charCodeAt(0))
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}

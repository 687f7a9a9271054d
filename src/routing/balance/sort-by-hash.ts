import type {Ring} from './ring-hash.js'

const DIGITS = 1 << 16

/**
 * The same points in rising order. By radix, since a ring may have millions of them: two passes over the upper halves; where those are alike, which is
 * rare, points are put right one by one.
 */
export function sortByHash(ring: Ring): Ring {
  const sorted = sortByDigit(sortByDigit(ring, 0), 16)
  for (let i = 1; i < sorted.hi.length; i++) {
    for (let j = i; j > 0 && sorted.hi[j] === sorted.hi[j - 1] && at(sorted.lo, j) < at(sorted.lo, j - 1); j--) swapWithPrevious(sorted, j)
  }
  return sorted
}

/** Stable: points whose 16 bits of `hi` from `shift` on are alike keep their order. */
function sortByDigit({hi, lo, owner}: Ring, shift: number): Ring {
  const starts = new Uint32Array(DIGITS + 1)
  for (const word of hi) increase(starts, ((word >>> shift) & 0xffff) + 1, 1)
  for (let digit = 1; digit <= DIGITS; digit++) increase(starts, digit, at(starts, digit - 1))
  const result = {hi: new Uint32Array(hi.length), lo: new Uint32Array(hi.length), owner: new Uint32Array(hi.length)}
  for (const [i, word] of hi.entries()) {
    const place = increase(starts, (word >>> shift) & 0xffff, 1) - 1
    result.hi[place] = word
    result.lo[place] = at(lo, i)
    result.owner[place] = at(owner, i)
  }
  return result
}

function swapWithPrevious({lo, owner}: Ring, index: number): void {
  for (const list of [lo, owner]) [list[index - 1], list[index]] = [at(list, index), at(list, index - 1)]
}

function increase(list: Uint32Array, index: number, by: number): number {
  return (list[index] = at(list, index) + by)
}

function at(list: Uint32Array, index: number): number {
  return list[index] ?? 0
}

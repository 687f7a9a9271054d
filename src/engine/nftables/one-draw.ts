import type {KernelDestination, WeightedLeaf} from './kernel-plan.js'

/** The kernel draws below 32 bits. */
export const MOST_DRAWN = 2 ** 32 - 1

/**
 * Two draws, of a destination and of an endpoint in it, as one with the same chances: one rule and one look-up instead of many, and the kernel is told of
 * changes several times as fast. Undefined where a destination goes round its endpoints, or no total below 32 bits says the chances exactly.
 */
export function oneDraw(destinations: readonly KernelDestination[]): readonly WeightedLeaf[] | undefined {
  const [only] = destinations
  if (only === undefined || destinations.some(({isInTurn, leaves}) => isInTurn && leaves.length > 1)) return undefined
  if (destinations.length === 1) return only.leaves
  const sums = destinations.map(({leaves}) => sum(leaves))
  const common = sums.reduce(leastCommonMultiple)
  if (!(sum(destinations) * common <= MOST_DRAWN)) return undefined
  return destinations.flatMap(({weight, leaves}, i) => leaves.map((leaf) => ({...leaf, weight: (leaf.weight * weight * common) / (sums[i] ?? 1)})))
}

function sum(weighted: readonly {readonly weight: number}[]): number {
  return weighted.reduce((total, {weight}) => total + weight, 0)
}

/** Infinite where it is too large to be exact, as is that of an infinite one. */
function leastCommonMultiple(a: number, b: number): number {
  if (!Number.isFinite(a)) return a
  const multiple = (a / greatestCommonDivisor(a, b)) * b
  return Number.isSafeInteger(multiple) ? multiple : Infinity
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}

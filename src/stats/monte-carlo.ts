import {TIE} from './exact-multinomial.js'
import {lnFactorials} from './ln-gamma.js'
import {normalize, sum} from './weights.js'

export interface MonteCarloOptions {
  /** Uniform on [0, 1); give a seeded one, so that the same counts get the same p. */
  readonly random: () => number
  /** Simulated samples; the smallest p it can return is 1/(draws + 1). */
  readonly draws?: number
}

/**
 * The exact multinomial test by simulation, p = (1 + #{P(y*) ≤ P(x)})/(B + 1), for tables with too many outcomes to enumerate and
 * too small expectations for χ² (Hope 1968; Davison & Hinkley 1997, 4.2). Valid at every B; B = 10⁵ by default.
 */
export function monteCarloP(counts: readonly number[], weights: readonly number[], {random, draws = 100_000}: MonteCarloOptions): number {
  const n = sum(counts)
  const factorials = lnFactorials(n)
  const shares = normalize(weights)
  const logOf = (sample: ArrayLike<number>): number =>
    shares.reduce((total, share, i) => total + (sample[i] ?? 0) * Math.log(share) - (factorials[sample[i] ?? 0] ?? 0), 0)
  const limit = logOf(counts) + Math.log1p(TIE)
  const sample = new Float64Array(shares.length)
  let asUnlikely = 0
  for (let draw = 0; draw < draws; draw++) {
    drawMultinomial(sample, {n, shares, factorials, random})
    if (logOf(sample) <= limit) asUnlikely++
  }
  return (1 + asUnlikely) / (draws + 1)
}

/** What to draw: n observations over `shares` that sum to 1, `factorials` being `lnFactorials` of n or more. */
export interface Urn {
  readonly n: number
  readonly shares: readonly number[]
  readonly factorials: Float64Array
  readonly random: () => number
}

/** Fills `sample` cell by cell: each is binomial in what the cells before it left. */
export function drawMultinomial(sample: Float64Array, {n, shares, factorials, random}: Urn): void {
  let left = n
  let shareLeft = 1
  for (let i = 0; i < shares.length; i++) {
    const share = shares[i] ?? 0
    const isLast = i === shares.length - 1
    const drawn = isLast ? left : drawBinomial(left, Math.min(1, share / shareLeft), factorials, random())
    sample[i] = drawn
    left -= drawn
    shareLeft -= share
  }
}

/** Inversion that starts at the mode and walks outwards: O(standard deviation) steps (Kemp 1986). */
function drawBinomial(n: number, p: number, factorials: Float64Array, u: number): number {
  if (n === 0 || p <= 0) return 0
  if (p >= 1) return n
  const mode = Math.min(n, Math.floor((n + 1) * p))
  const odds = p / (1 - p)
  const ln = (factorials[n] ?? 0) - (factorials[mode] ?? 0) - (factorials[n - mode] ?? 0) + mode * Math.log(p) + (n - mode) * Math.log1p(-p)
  let below = mode
  let above = mode
  let pBelow = Math.exp(ln)
  let pAbove = pBelow
  let left = u - pBelow
  while (left > 0 && (below > 0 || above < n)) {
    pAbove *= ((n - above) / (above + 1)) * odds
    if (above < n && (left -= pAbove) <= 0) return above + 1
    if (above < n) above++
    if (below === 0) continue
    pBelow *= below / ((n - below + 1) * odds)
    if ((left -= pBelow) <= 0) return below - 1
    below--
  }
  return mode
}

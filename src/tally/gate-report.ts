/** What the sequential gate found: the part of a report that only mode `until-sure` has. */
export interface GateReport {
  readonly method: 'dirichlet-mixture'
  /** Natural-log evidence against exactly the weights; null: beyond all bounds, as an answer came that they forbid. */
  readonly logE: number | null
  /** Smallest anytime-valid p over all looks. */
  readonly pAnytime: number
  /** P(FAIL | every share within its tolerance) is at most this, whenever one looks and stops. */
  readonly alphaFail: number
  /** P(PASS | some share off by more than its tolerance) is at most this, likewise. */
  readonly alphaPass: number
  /** Connections tried, after which an open question is given up. */
  readonly max: number
  /** Subsets with a weight above 0, in the order of `subsets`. */
  readonly shares: readonly GateShareReport[]
  /** Both error rates in a sentence. */
  readonly guarantee: string
}

export interface GateShareReport {
  readonly name: string
  readonly tolerance: number
  /** Confidence sequence at 1 − alphaFail: FAIL when it lies outside the band. */
  readonly range: readonly [low: number, high: number]
  readonly state: 'inside' | 'above' | 'below' | 'open'
}

/** What the gate promises. Tolerances as shares of 1. */
export function guaranteeOf(tolerances: readonly number[], {alphaFail, alphaPass}: Pick<GateReport, 'alphaFail' | 'alphaPass'>): string {
  const distinct = [...new Set(tolerances.map((tolerance) => Number((tolerance * 100).toFixed(2))))]
  const [only] = distinct
  const bound = distinct.length === 1 && only !== undefined ? `${only} point${only === 1 ? '' : 's'}` : 'its tolerance'
  return `A correct gateway fails this check at most ${oneIn(alphaFail)} runs; a share off by more than ${bound} passes at most ${oneIn(alphaPass)}.`
}

function oneIn(alpha: number): string {
  return `1 in ${Number((1 / alpha).toFixed(1)).toLocaleString('en-US')}`
}

import {describe, expect, test} from 'vitest'
import {chiSquareTest} from '../../src/stats/chi-square.js'
import {exactMultinomialP} from '../../src/stats/exact-multinomial.js'
import {goodman} from '../../src/stats/intervals.js'
import {anytimeP, confidenceSequence, logEvidence} from '../../src/stats/mixture.js'
import vectors from './fixtures/golden-vectors.json' with {type: 'json'}

/** Every number of a vector, by the vector's own names, as this project computes it. */
function compute(x: readonly number[], w: readonly number[]): Record<string, unknown> {
  const chi = chiSquareTest(x, w)
  const logBF = logEvidence(x, w, 'concentrated')
  return {
    chi2: chi.statistic,
    chi2_p: chi.p,
    exact_binom_p: exactMultinomialP(x, w),
    goodman95: goodman(x, 0.05),
    logBF,
    p_anytime_at_n: anytimeP(logBF),
    cs95: confidenceSequence(x, w, {alpha: 0.05, prior: 'concentrated'}),
    cs999: confidenceSequence(x, w, {alpha: 0.001, prior: 'concentrated'}),
    mix_logBF: logEvidence(x, w),
    mix_cs95: confidenceSequence(x, w, {alpha: 0.05}),
    mix_cs999: confidenceSequence(x, w, {alpha: 0.001}),
  }
}

describe('golden vectors', () => {
  test.each(vectors.map((vector) => [vector.x.join('/'), vector.w.join('/'), vector] as const))('%s against %s agrees to 1e-10', (_x, _w, vector) => {
    const ours = compute(vector.x, vector.w)
    const off = Object.entries(vector)
      .filter(([name]) => !['x', 'w', 'c'].includes(name))
      .flatMap(([name, golden]) => {
        const [expected, actual] = [[golden].flat(2), [ours[name]].flat(2) as number[]]
        const pairs = expected.map((value, i) => ({name, value, actual: actual[i] ?? NaN}))
        return pairs.filter(({value, actual}) => !(Math.abs(actual - value) <= 1e-10 * Math.max(1, Math.abs(value))))
      })
    expect(off).toEqual([])
  })
})

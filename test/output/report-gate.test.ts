import {describe, expect, test} from 'vitest'
import {renderPlan} from '../../src/output/report/render-plan.js'
import {renderReport} from '../../src/output/report/render-report.js'
import {plan} from '../../src/tally/plan.js'
import {sequentialGate} from '../../src/tally/sequential.js'
import {draw} from '../stats/simulate.js'
import {contextOf, countsOf, SUBSETS} from './report-samples.js'

function rendered(name: string): string {
  const {report, ...run} = contextOf(name)
  return '\n' + renderReport(report, {run})
}

describe('report of the sequential gate', () => {
  test('a pass', () => expect(rendered('PASS')).toMatchInlineSnapshot(`
    "
    1,000 connections in 0.19 s against VirtualService default/tcp-echo

    SUBSET  ANSWER  WEIGHT  GOT  SHARE  95% INTERVAL  0%     25%     50%    75% 100%
    v1      one        80%  811  81.1%    77.1–84.7%  ████████████████████████│·
    v2      two        20%  189  18.9%    15.3–22.9%  █████▋│
    █ share   │ weight   · 95% interval, all at once, at every n

    ✔ PASS after 1,000 connections: every share is within 5 points of its weight
      A correct gateway fails this check at most 1 in 1,000 runs; a share off by
      more than 5 points passes at most 1 in 20.
      order: looks random (runs p = 0.50)
      connect: p50 0.27 ms, p95 8.51 ms, p99 16.7 ms
    "
  `))
  test('a failure, with the place of the weights', () => expect(rendered('FAIL')).toMatchInlineSnapshot(`
    "
    200 connections in 0.19 s against VirtualService default/tcp-echo

    SUBSET  ANSWER  WEIGHT  GOT  SHARE  95% INTERVAL  0%     25%     50%    75% 100%
    v1      one        80%  105  52.5%    40.2–64.6%  ███████████████▊····    │
    v2      two        20%   95  47.5%    35.4–59.8%  ██████│███████▎···
    █ share   │ weight   · 95% interval, all at once, at every n

    ✘ FAIL after 200 connections: v2 got 47.5% (99.9% range 32.2–63.1%), not 20% ± 5
      points
      The weights are in examples/tcp-echo-20-v2.yaml:39
      A correct gateway fails this check at most 1 in 1,000 runs; a share off by
      more than 5 points passes at most 1 in 20.
      order: looks random (runs p = 0.92)
      connect: p50 0.27 ms, p95 8.51 ms, p99 16.7 ms
    "
  `))
  test('given up', () => expect(rendered('INCONCLUSIVE')).toMatchInlineSnapshot(`
    "
    100 connections in 0.19 s against VirtualService default/tcp-echo

    SUBSET  ANSWER  WEIGHT  GOT  SHARE  95% INTERVAL  0%     25%     50%    75% 100%
    v1      one        80%   81  81.0%    68.6–90.2%  ████████████████████████│···
    v2      two        20%   19  19.0%     9.8–31.4%  █████▊│···
    █ share   │ weight   · 95% interval, all at once, at every n

    ? INCONCLUSIVE after 100 connections, when the connections allowed were used up:
      the share of v2 may be 9.8–31.4%, which neither proves nor refutes 20% ± 5
      points
      More connections would settle it, or a wider tolerance: see tshift plan.
      order: looks random (runs p = 0.36)
      connect: p50 0.27 ms, p95 8.51 ms, p99 16.7 ms
    "
  `))
  test('an answer that must not come', () => expect(rendered('forbidden')).toMatchInlineSnapshot(`
    "
    4 connections in 0.19 s against --expect

    ANSWER  WEIGHT  GOT  SHARE  95% INTERVAL  0%     20%     40%    60%     80% 100%
    one       100%    2  50.0%    11.6–88.4%  ███████████████████···············   │
    two         0%    1  25.0%     3.4–76.1%  █████████▌···················
    three       0%    1  25.0%                █████████▌
    █ share   │ weight   · 95% interval, all at once

    ✘ FAIL: 2 of 4 connections came from two (weight 0) and "three" (not expected)
      The weights are in examples/tcp-echo-20-v2.yaml:39
      With these weights in force not one such answer can come.
      connect: p50 0.27 ms, p95 8.51 ms, p99 16.7 ms
    "
  `))
  test('errors over their limit', () => expect(rendered('errors').split('\n').slice(8, 14).join('\n')).toMatchInlineSnapshot(`
    "✔ PASS after 1,000 connections: every share is within 5 points of its weight
      A correct gateway fails this check at most 1 in 1,000 runs; a share off by
      more than 5 points passes at most 1 in 20.
    ⚠ 23 connections failed: 20 refused, 3 timeout; at most 3.2% fail (95%
      confidence); more than the limit of 1%
      order: looks random (runs p = 0.50)"
  `))
  test('thresholds', () => expect(rendered('threshold').split('\n').filter((line) => line.includes('threshold'))).toMatchInlineSnapshot(`
    [
      "⚠ threshold p(99)<1ms crossed: it is 9.9",
      "  threshold count>=10 holds: it is 1000",
    ]
  `))

  test('says why it stopped, and who never answered', () => {
    const gate = sequentialGate({source: 'x', shares: [{name: 'v1', answers: ['one'], weight: 99}, {name: 'v2', answers: ['two'], weight: 1}]})
    const counts = countsOf(new Array<number>(30).fill(0))
    const verdicts = (['max', 'budget', 'errors', 'end', 'interrupted'] as const).map((stopped) => renderReport(gate.conclude(counts, stopped), {width: 200}).split('\n')[7])
    expect(verdicts).toMatchInlineSnapshot(`
      [
        "? INCONCLUSIVE after 30 lines, when the connections allowed were used up: v2 never answered",
        "? INCONCLUSIVE after 30 lines, when the time allowed was used up: v2 never answered",
        "? INCONCLUSIVE after 30 lines, when too many connections had failed: v2 never answered",
        "? INCONCLUSIVE after 30 lines, when the input ended: v2 never answered",
        "? INCONCLUSIVE after 30 lines, when it was interrupted: v2 never answered",
      ]
    `)
  })

  test('random order required', () => {
    const report = sequentialGate(SUBSETS, {requireRandom: true}).conclude(countsOf(draw(400, [0.8, 0.2], 4).flatMap((answer) => [answer, answer, answer])), 'end')
    expect(renderReport(report, {width: 200}).split('\n')[7]).toMatchInlineSnapshot(`"✘ FAIL after 1,200 lines: answers stick together, and random order is required"`)
  })
})

describe('plan', () => {
  test('two shares', () => expect('\n' + renderPlan(plan('80/20'))).toMatchInlineSnapshot(`
    "
    CONNECTIONS TO           HALF OF THE RUNS   9 OF 10
    prove 80/20 ± 5 points              ≈ 820   ≈ 1,300
    catch 70/30                       ≈ 1,600   ≈ 2,700
    catch 50/50                          ≈ 63     ≈ 110
    catch stuck on v1                    ≈ 74      ≈ 74

    These are lengths of runs until sure. A fixed sample of ≈ 693 proves as much
    (two one-sided tests, α 0.05, 90% power).
    A correct gateway fails this check at most 1 in 1,000 runs; a share off by more
    than 5 points passes at most 1 in 20.
    "
  `))
  test('a share that may vanish within its tolerance', () => expect('\n' + renderPlan(plan('v1=99,v2=1'))).toMatchInlineSnapshot(`
    "
    CONNECTIONS TO            HALF OF THE RUNS   9 OF 10
    prove 99/1 ± 5/1 points            ≈ 1,200   ≈ 2,500
    catch 97/3                         ≈ 4,800   ≈ 7,700
    catch 50/50                            ≈ 5      ≈ 14

    These are lengths of runs until sure. A fixed sample of ≈ 1,072 proves as much
    (two one-sided tests, α 0.05, 90% power).
    With these tolerances a gateway stuck on v1 never fails; as the others never
    answer, it does not pass either.
    A correct gateway fails this check at most 1 in 1,000 runs; a share off by more
    than its tolerance passes at most 1 in 20.
    "
  `))
  test('a single destination', () => expect('\n' + renderPlan(plan('100'))).toMatchInlineSnapshot(`
    "
    CONNECTIONS TO         HALF OF THE RUNS   9 OF 10
    prove 100 ± 5 points               ≈ 59      ≈ 59

    A correct gateway fails this check at most 1 in 1,000 runs; a share off by more
    than 5 points passes at most 1 in 20.
    "
  `))
})

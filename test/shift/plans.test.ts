import {describe, expect, test} from 'vitest'
import type {JsonObject} from '../../src/api/object.js'
import {argoRollout} from '../../src/shift/argo-rollout.js'
import {borrowPlan} from '../../src/shift/borrowed-plan.js'
import {flaggerCanary} from '../../src/shift/flagger-canary.js'
import {parseHooks} from '../../src/shift/hook.js'
import {alphaOfTest, parseRate, parseSteps, planSteps} from '../../src/shift/plan.js'

const READERS = {'argoproj.io/Rollout': argoRollout, 'flagger.app/Canary': flaggerCanary}
const rollout = (canary: JsonObject): JsonObject => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Rollout',
  metadata: {name: 'echo', namespace: 'demo'},
  spec: {strategy: {canary}},
})
const canary = (analysis: JsonObject, service: JsonObject = {appProtocol: 'TCP', port: 9000}): JsonObject => ({
  apiVersion: 'flagger.app/v1beta1',
  kind: 'Canary',
  metadata: {name: 'echo', namespace: 'demo'},
  spec: {targetRef: {name: 'echo'}, service, analysis},
})
const minute = {type: 'duration', ms: 60_000}

describe('an Argo Rollout', () => {
  test('gives route, subsets and steps, and ends with everything', () => {
    const plan = rollout({
      trafficRouting: {
        istio: {
          virtualService: {name: 'echo-vs', tcpRoutes: [{port: 31400}]},
          destinationRule: {name: 'd', stableSubsetName: 'stable', canarySubsetName: 'canary'},
        },
      },
      steps: [
        {setWeight: 0},
        {setWeight: 20},
        {pause: {}},
        {setWeight: 50},
        {pause: {duration: '1m30s'}},
        {setWeight: 60},
        {pause: {duration: 10}},
        {analysis: {}},
        {experiment: {}},
      ],
    })
    expect(borrowPlan(plan, READERS)).toEqual({
      virtualService: 'echo-vs',
      namespace: 'demo',
      from: 'stable',
      to: 'canary',
      port: 31400,
      steps: [
        {weight: 20, pause: {type: 'manual'}},
        {weight: 50, pause: {type: 'duration', ms: 90_000}},
        {weight: 60, pause: {type: 'duration', ms: 10_000}},
        {weight: 100},
      ],
      notes: ['analysis: every step is verified by tshift itself', 'experiment: not run'],
    })
  })

  test('without subsets the Services are the destinations', () => {
    const plan = rollout({
      stableService: 'blue',
      canaryService: 'green',
      trafficRouting: {istio: {virtualServices: [{name: 'a'}, {name: 'b'}]}},
      steps: [{setWeight: 100}],
    })
    expect(borrowPlan(plan, READERS)).toEqual({virtualService: 'a', namespace: 'demo', from: 'blue', to: 'green', steps: [{weight: 100}], notes: []})
  })

  test.each<[string, JsonObject, string]>([
    ['a falling weight', rollout({steps: [{setWeight: 50}, {setWeight: 20}]}), 'the steps of the Rollout do not rise: 50, 20'],
    ['a weight that is none', rollout({steps: [{setWeight: 'x'}]}), 'spec.strategy.canary.steps[0]: "x" is no weight from 0 to 100'],
    [
      'a duration that is none',
      rollout({steps: [{setWeight: 5}, {pause: {duration: 'soon'}}]}),
      'spec.strategy.canary.steps[1].pause.duration: "soon" is no duration',
    ],
    ['blue-green', {...rollout({}), spec: {strategy: {blueGreen: {}}}}, 'the Rollout has no canary strategy'],
    ['another kind', {apiVersion: 'v1', kind: 'Service'}, 'a plan is an Argo Rollout (argoproj.io) or a Flagger Canary (flagger.app), not v1 Service'],
  ])('%s is refused', (_, plan, message) => {
    expect(() => borrowPlan(plan, READERS)).toThrow(message)
  })
})

describe('a Flagger Canary', () => {
  test.each<[string, JsonObject, object[]]>([
    ['stepWeight up to maxWeight', {interval: '1m', stepWeight: 20, maxWeight: 50}, [{weight: 20, pause: minute}, {weight: 40, pause: minute}, {weight: 100}]],
    ['stepWeights', {interval: '1m', stepWeights: [1, 10]}, [{weight: 1, pause: minute}, {weight: 10, pause: minute}, {weight: 100}]],
  ])('%s', (_, analysis, steps) => {
    expect(borrowPlan(canary(analysis), READERS)).toEqual({
      virtualService: 'echo',
      namespace: 'demo',
      from: 'echo-primary',
      to: 'echo-canary',
      steps,
      notes: [],
    })
  })

  test('what a shift does in its own way is said', () => {
    const analysis = {
      stepWeight: 50,
      metrics: [{name: 'm'}],
      webhooks: [
        {type: 'pre-rollout', url: 'http://x'},
        {type: 'pre-rollout', url: 'http://y'},
      ],
    }
    expect(borrowPlan(canary(analysis), READERS).notes).toEqual([
      'metrics: every step is verified by tshift itself',
      'webhook pre-rollout: give a command with --hook pre-rollout=CMD',
    ])
  })

  test.each<[string, JsonObject, string]>([
    ['HTTP', canary({stepWeight: 5}, {port: 80}), "the Canary's service is HTTP, not TCP"],
    ['no weights', canary({iterations: 10}), 'the Canary has neither stepWeight nor stepWeights'],
  ])('%s is refused', (_, plan, message) => {
    expect(() => borrowPlan(plan, READERS)).toThrow(message)
  })
})

describe('what flags say', () => {
  test('steps rise', () => {
    expect(parseSteps('5, 20%,33.33,100')).toEqual([5, 20, 33.33, 100])
    for (const bad of ['', '0,50', '50,20', '20,20', '50,101', '1.234', 'x']) expect(() => parseSteps(bad), bad).toThrow(`cannot read "${bad}" as steps`)
  })

  test('pauses belong to steps', () => {
    const manual = {type: 'manual'}
    expect(planSteps([5, 50, 100], [50])).toEqual([{weight: 5}, {weight: 50, pause: manual}, {weight: 100}])
    expect(planSteps([5, 50, 100], 'each')).toEqual([{weight: 5, pause: manual}, {weight: 50, pause: manual}, {weight: 100}])
    expect(() => planSteps([5, 100], [20])).toThrow('there is no step of 20% to pause after')
  })

  test('rates are percentages, hooks have known names, α is shared out', () => {
    expect([parseRate('0.5%', '--x'), parseRate('0', '--x')]).toEqual([0.005, 0])
    expect(() => parseRate('3', '--x')).toThrow('--x is a percentage such as 0.5%, not "3"')
    expect(parseHooks(['rollout=./check.sh a=b', 'event=true'])).toEqual({rollout: './check.sh a=b', event: 'true'})
    for (const [bad, message] of [
      ['nope=x', 'there is no hook "nope"'],
      ['rollout', 'there is no hook "rollout"'],
      ['rollout= ', 'the hook rollout names no command'],
    ] as const) {
      expect(() => parseHooks([bad]), bad).toThrow(message)
    }
    expect(alphaOfTest({alpha: 0.001, steps: [{weight: 20}, {weight: 100}]})).toBe(0.00025)
  })
})

import type {Json, JsonObject} from '../api/object.js'
import {UserError} from '../base/user-error.js'
import {known, listAt, pauseFor, textAt, upToAll, valueAt, weightFrom, type BorrowedPlan} from './borrowed-plan.js'

/**
 * The analysis of a Flagger `Canary` (flagger.app/v1beta1) as steps: `stepWeights`, or `stepWeight` up to `maxWeight` (100 where none is given), each
 * left for the interval once it is verified, then 100 %. Flagger's VirtualService leads to the Services NAME-primary and NAME-canary.
 * Throws a UserError (exit code 2).
 */
export function flaggerCanary(canary: JsonObject): BorrowedPlan {
  const protocol = textAt(canary, 'spec', 'service', 'appProtocol')
  if (protocol?.toUpperCase() !== 'TCP') {
    throw new UserError(`the Canary's service is ${protocol === undefined ? 'HTTP' : protocol}, not TCP`, {
      hint: 'a shift plays a Canary with spec.service.appProtocol: TCP',
      exitCode: 2,
    })
  }
  const analysis = valueAt(canary, 'spec', 'analysis') ?? valueAt(canary, 'spec', 'canaryAnalysis')
  const name = textAt(canary, 'spec', 'service', 'name') ?? textAt(canary, 'spec', 'targetRef', 'name')
  const pause = pauseFor(valueAt(analysis, 'interval') ?? '1m', 'spec.analysis.interval')
  const steps = upToAll(weightsOf(analysis).map((weight) => ({weight, pause})))
  return known<BorrowedPlan>({
    virtualService: name,
    namespace: textAt(canary, 'metadata', 'namespace'),
    from: name === undefined ? undefined : `${name}-primary`,
    to: name === undefined ? undefined : `${name}-canary`,
    port: undefined,
    steps: steps.map(({weight}, i) => (i < steps.length - 1 ? {weight, pause} : {weight})),
    notes: notesOf(analysis),
  })
}

function weightsOf(analysis: Json | undefined): readonly number[] {
  const listed = listAt(analysis, 'stepWeights')
  if (listed.length > 0) return listed.map((weight, i) => weightFrom(weight, `spec.analysis.stepWeights[${i}]`))
  const step = weightFrom(valueAt(analysis, 'stepWeight') ?? 0, 'spec.analysis.stepWeight')
  const most = weightFrom(valueAt(analysis, 'maxWeight') ?? 100, 'spec.analysis.maxWeight')
  if (step === 0)
    throw new UserError('the Canary has neither stepWeight nor stepWeights', {hint: 'a shift plays a Canary that moves traffic by weight', exitCode: 2})
  return Array.from({length: Math.floor(most / step)}, (_, i) => step * (i + 1))
}

function notesOf(analysis: Json | undefined): readonly string[] {
  const hooks = listAt(analysis, 'webhooks').map((hook) => textAt(hook, 'type') ?? 'rollout')
  return [
    ...(listAt(analysis, 'metrics').length > 0 ? ['metrics: every step is verified by tshift itself'] : []),
    ...[...new Set(hooks)].map((type) => `webhook ${type}: give a command with --hook ${type}=CMD`),
  ]
}

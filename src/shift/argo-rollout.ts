import {isJsonObject, type Json, type JsonObject} from '../api/object.js'
import {UserError} from '../base/user-error.js'
import {known, listAt, pauseFor, textAt, upToAll, valueAt, weightFrom, type BorrowedPlan} from './borrowed-plan.js'
import type {Step} from './plan.js'

const OURS: Readonly<Record<string, string>> = {
  analysis: 'analysis: every step is verified by tshift itself',
  experiment: 'experiment: not run',
  setCanaryScale: 'setCanaryScale: scale the Deployments yourself',
  setHeaderRoute: 'setHeaderRoute: TCP has no headers',
  setMirrorRoute: 'setMirrorRoute: TCP is not mirrored',
}

/**
 * The canary steps of an Argo `Rollout` with Istio's `tcpRoutes` (argoproj.io/v1alpha1): `setWeight` and `pause`, then 100 %. Destinations are the
 * DestinationRule's subsets where it names them, and the canary and stable Services otherwise. Throws a UserError (exit code 2).
 */
export function argoRollout(rollout: JsonObject): BorrowedPlan {
  const canary = valueAt(rollout, 'spec', 'strategy', 'canary')
  if (canary === undefined) throw new UserError('the Rollout has no canary strategy', {hint: 'a shift plays spec.strategy.canary.steps', exitCode: 2})
  const istio = valueAt(canary, 'trafficRouting', 'istio')
  const service = valueAt(istio, 'virtualService') ?? listAt(istio, 'virtualServices')[0]
  const port = valueAt(listAt(service, 'tcpRoutes')[0], 'port')
  const {steps, notes} = stepsOf(listAt(canary, 'steps'))
  return known<BorrowedPlan>({
    virtualService: textAt(service, 'name'),
    namespace: textAt(rollout, 'metadata', 'namespace'),
    from: textAt(istio, 'destinationRule', 'stableSubsetName') ?? textAt(canary, 'stableService'),
    to: textAt(istio, 'destinationRule', 'canarySubsetName') ?? textAt(canary, 'canaryService'),
    port: typeof port === 'number' ? port : undefined,
    steps: upToAll(steps),
    notes: [...notes, ...(valueAt(canary, 'analysis') === undefined ? [] : [OURS['analysis'] ?? ''])],
  })
}

function stepsOf(list: readonly Json[]): {readonly steps: readonly Step[]; readonly notes: readonly string[]} {
  const steps: Step[] = []
  const notes = new Set<string>()
  list.forEach((step, i) => {
    const where = `spec.strategy.canary.steps[${i}]`
    const [name = '', value] = Object.entries(isJsonObject(step) ? step : {})[0] ?? []
    if (name === 'setWeight') steps.push({weight: weightFrom(value, where)})
    else if (name === 'pause') pauseLast(steps, value, where)
    else notes.add(OURS[name] ?? `${where}: "${name}" is not known and left out`)
  })
  return {steps: rising(steps), notes: [...notes]}
}

/** A pause belongs to the weight before it; before the first weight there is nothing to look at. */
function pauseLast(steps: Step[], value: Json | undefined, where: string): void {
  const last = steps.at(-1)
  if (last === undefined) return
  const duration = valueAt(value, 'duration')
  steps[steps.length - 1] = {...last, pause: duration === undefined ? {type: 'manual'} : pauseFor(duration, `${where}.pause.duration`)}
}

/** A weight of 0 is where a shift begins. One that falls would be a rollback in the plan, which a shift does not play. */
function rising(steps: readonly Step[]): readonly Step[] {
  const fall = steps.find(({weight}, i) => i > 0 && weight <= (steps[i - 1]?.weight ?? 0))
  if (fall !== undefined)
    throw new UserError(`the steps of the Rollout do not rise: ${steps.map(({weight}) => weight).join(', ')}`, {
      hint: 'a shift only plays rising weights',
      exitCode: 2,
    })
  return steps.filter(({weight}) => weight > 0)
}

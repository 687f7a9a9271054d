import {readFile} from 'node:fs/promises'
import {parseManifest} from '../../api/manifest/manifest.js'
import {formatTime, type JsonObject} from '../../api/object.js'
import {UserError} from '../../base/user-error.js'
import type {Resources} from '../../resources/resources.js'
import {argoRollout} from '../../shift/argo-rollout.js'
import {borrowPlan, type BorrowedPlan} from '../../shift/borrowed-plan.js'
import {flaggerCanary} from '../../shift/flagger-canary.js'
import {withRevision} from '../../shift/history.js'
import {isHeld} from '../../shift/lease.js'
import type {ShiftPlan} from '../../shift/plan.js'
import {routeOf, type Shiftable} from '../../shift/route-rules.js'
import {chooseRule, percentOn, setWeights, type RuleChoice} from '../../shift/set-weights.js'
import {spokenName} from '../../shift/shifted-object.js'
import {isOver, newState} from '../../shift/state.js'
import {tolerancesOf, parseTolerance} from '../../tally/tolerance.js'
import {appliedRoutes} from '../verbs/gateway-route.js'
import {BY_SHIFT} from './field-manager.js'
import {requireDestination} from './ground.js'
import {heldBy} from './held-by.js'
import {typeOfShifted} from './named-object.js'
import {isProcessAlive} from './process-alive.js'
import {changeRecord, type ShiftRef} from './record-store.js'
import {fileWithWeights} from './write-file.js'

/** A plan that has been checked against what is applied, and the object at each of its steps. */
export interface Prepared {
  readonly plan: ShiftPlan
  readonly before: Shiftable
  readonly steps: readonly Shiftable[]
}

/** What was asked for, but for what the route decides. */
export type Wishes = Omit<ShiftPlan, 'rule' | 'from' | 'to'> & RuleChoice

/** Reads an Argo Rollout or a Flagger Canary from a file. Throws a UserError (exit code 2; 65 where it cannot be parsed). */
export async function readPlan(file: string): Promise<BorrowedPlan> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new UserError(`cannot read ${file}: ${(cause as Error).message}`, {exitCode: 2, cause})
  })
  const results = parseManifest(text, file)
  const problem = results.find((result) => result.type === 'problem')
  if (problem?.type === 'problem') throw new UserError(problem.message, {exitCode: 65})
  const objects = results.flatMap((result) => (result.type === 'document' ? [result.object as unknown as JsonObject] : []))
  const plan = objects.find((object) => object['kind'] === 'Rollout' || object['kind'] === 'Canary') ?? objects[0]
  if (plan === undefined) throw new UserError(`there is no plan in ${file}`, {exitCode: 2})
  return borrowPlan(plan, {'argoproj.io/Rollout': argoRollout, 'flagger.app/Canary': flaggerCanary})
}

/** Makes the plan whole and checks it: the route, the destination, every step's weights (as the API server would), tolerances, the file. Writes nothing. */
export async function prepare(resources: Resources, {from, to, port, ...wishes}: Wishes): Promise<Prepared> {
  const {virtualService: name, namespace} = wishes
  const before = await resources.get<Shiftable>(typeOfShifted(wishes), namespace, name)
  const plan: ShiftPlan = {...wishes, ...chooseRule(before, {from, to, port})}
  const already = percentOn(routeOf(before, plan.rule), plan)
  const [first] = plan.steps
  if (first !== undefined && already >= first.weight) {
    throw new UserError(`"${plan.to}" has ${Number(already.toFixed(2))}% of the traffic already`, {
      hint: already < 100 ? 'begin higher than that, for example --steps 100' : 'name another destination with --to',
      exitCode: 2,
    })
  }
  const steps: Shiftable[] = []
  for (const {weight} of plan.steps) {
    const {object} = await resources.update(setWeights(before, plan, weight), {...BY_SHIFT, dryRun: true})
    checkTolerance(plan, weight)
    steps.push(object)
  }
  const [step] = steps
  if (step !== undefined && !requireDestination(await appliedRoutes(resources), step, plan).isTold) refuseUntold(plan)
  const last = steps.at(-1)
  if (plan.write !== undefined && last !== undefined) await fileWithWeights(plan.write, plan, routeOf(last, plan.rule))
  return {plan, before, steps}
}

/** What needs to know which version answered, where nobody can tell. */
function refuseUntold({hold, maxLatencyRatio, from, to}: ShiftPlan): void {
  if (hold === 0 && maxLatencyRatio === undefined) return
  throw new UserError(`cannot tell the answers of "${from}" and "${to}" apart, which ${hold > 0 ? '--hold' : '--max-latency-ratio'} needs`, {
    hint: 'without it the gateway counts which version got a connection',
    exitCode: 2,
  })
}

function checkTolerance({tolerance, from, to}: ShiftPlan, weight: number): void {
  const shares = [
    {name: from, weight: 1 - weight / 100},
    {name: to, weight: weight / 100},
  ]
  tolerancesOf(
    shares.filter((share) => share.weight > 0),
    parseTolerance(tolerance),
  )
}

/** Stores a new shift, to be carried out by a runner. Throws a UserError (exit code 2) where one is under way. */
export async function store(resources: Resources, ref: ShiftRef, {plan, before}: Prepared): Promise<void> {
  const at = formatTime(Date.now())
  const original = routeOf(before, plan.rule)
  await changeRecord(resources, ref, (record) => {
    if (isHeld(record.lease, Date.now(), isProcessAlive)) throw heldBy(ref, record.lease)
    if (record.state !== undefined && !isOver(record.state))
      throw new UserError(`another shift of ${spokenName(ref)} was begun at this moment`, {exitCode: 2})
    const history = withRevision(record.history, {at, rule: plan.rule, route: original, cause: `before the shift to ${plan.to}`, isStart: true})
    return {history, state: newState(plan, {original, revision: history.at(-1)?.revision ?? 1, at})}
  })
}

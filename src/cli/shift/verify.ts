import {setTimeout as delay} from 'node:timers/promises'
import {UserError} from '../../base/user-error.js'
import {judgeHeld, judgeStep, MIN_CONNECTIONS, type StepEvidence, type StepJudgement} from '../../shift/judge-step.js'
import {alphaOfTest, type ShiftPlan} from '../../shift/plan.js'
import type {Exposure, Reason, StepResult, Verdict} from '../../shift/state.js'
import type {Expectation} from '../../tally/expectation.js'
import {sequentialGate, type SequentialGate} from '../../tally/sequential.js'
import {parseTolerance} from '../../tally/tolerance.js'
import type {TallyReport} from '../../tally/report.js'
import type {Ground} from './ground.js'
import {HeldConnections} from './held-connections.js'
import {Sample} from './sample.js'

/** Connections between two looks. */
const ROUND = 100

export interface Verification {
  readonly plan: ShiftPlan
  readonly ground: Ground
  /** The gateway's control socket. */
  readonly socket: string
  /** The old version in the steps before. */
  readonly baseline: Exposure
  readonly baselineP95Ms: number | null
  readonly signal: AbortSignal
}

/**
 * Proves a step: opens the connections to be held, probes until the split and the errors are decided, bakes, probes once more, and looks who was cut.
 * Throws a UserError (exit code 8) where the gateway cannot be reached, and the abort's reason.
 */
export async function verifyStep(verification: Verification): Promise<StepResult> {
  const {plan, ground, signal} = verification
  const answers = ground.expectation?.shares.find(({name}) => name === plan.to)?.answers ?? []
  const held = plan.hold === 0 ? undefined : await HeldConnections.open({host: ground.host, port: ground.port, count: plan.hold, answers, signal})
  try {
    const result = await observe(verification)
    return withHeld(result, held?.result ?? null, plan)
  } finally {
    held?.close()
  }
}

/** Proves that a rollback is in force: the split of before, and at least 300 connections. Failures are told, not judged: this is where the errors were. */
export async function verifyRollback(verification: Verification): Promise<StepResult> {
  const watch = await Watch.begin(verification)
  for (;;) {
    await watch.round(ROUND)
    const {split, isDecided} = watch.evidence()
    const isEnough = isDecided && (split.verdict !== 'PASS' || watch.sample.connections >= MIN_CONNECTIONS)
    if (!isEnough && watch.sample.connections < verification.plan.max) continue
    const verdict: Verdict = isDecided && split.verdict === 'FAIL' ? 'FAIL' : split.verdict === 'PASS' ? 'PASS' : 'INCONCLUSIVE'
    const share = split.subsets.find(({name}) => name === verification.plan.to)
    const message = `${verification.plan.to} got ${share?.count ?? 0} of ${split.n} connections`
    return watch.result(verdict, verdict === 'PASS' ? [] : [{type: 'split', message}])
  }
}

async function observe(verification: Verification): Promise<StepResult> {
  const {plan, signal} = verification
  const watch = await Watch.begin(verification)
  const decided = await watch.untilDecided()
  if (decided.verdict !== 'PASS' || plan.bakeMs === 0) return watch.result(decided.verdict, decided.reasons)
  await delay(plan.bakeMs, undefined, {signal})
  await watch.round(0) // what others' connections met meanwhile is counted by itself
  const after = await watch.untilDecided()
  return watch.result(after.verdict, after.reasons)
}

function withHeld(result: StepResult, held: StepResult['held'], plan: ShiftPlan): StepResult {
  const cut = judgeHeld(held, plan)
  if (cut.length === 0) return {...result, held}
  return {...result, held, verdict: 'FAIL', reasons: [...(result.verdict === 'FAIL' ? result.reasons : []), ...cut]}
}

/** A sample that is judged as it grows. */
class Watch {
  readonly #verification: Verification
  readonly #startMs = performance.now()
  readonly #gate: SequentialGate
  readonly sample: Sample

  private constructor(verification: Verification, sample: Sample) {
    const {plan, ground} = verification
    this.#verification = verification
    this.sample = sample
    this.#gate = sequentialGate(ground.expectation ?? countedByGateway(ground), {
      alpha: alphaOfTest(plan),
      tolerance: parseTolerance(plan.tolerance),
      max: plan.max,
      unit: 'connection',
    })
  }

  static async begin(verification: Verification): Promise<Watch> {
    const {plan, ground, socket} = verification
    return new Watch(verification, await Sample.begin(ground, {sides: {canary: plan.to, stable: plan.from}, socket}))
  }

  async round(count: number): Promise<void> {
    const {ground, signal} = this.#verification
    await this.sample.round(count, signal)
    const {refused = 0, unreachable = 0} = this.sample.errors
    if (this.sample.connections > 0 && refused + unreachable === this.sample.connections) {
      throw new UserError(`the gateway cannot be reached at ${ground.host}:${ground.port}`, {hint: "see 'tshift gateway status'", exitCode: 8})
    }
  }

  async untilDecided(): Promise<Extract<StepJudgement, {type: 'decided'}>> {
    const {plan} = this.#verification
    for (;;) {
      await this.round(ROUND)
      const judgement = judgeStep(this.evidence(), {...plan, alpha: alphaOfTest(plan)})
      if (judgement.type === 'decided') return judgement
    }
  }

  evidence(): StepEvidence {
    const {plan, baseline, baselineP95Ms} = this.#verification
    const {attribution, errors, connections, latencies} = this.sample
    const {split, isDecided} = this.#look(errors)
    const stableP95 = latencies.stable.quantile(0.95) ?? null
    return {
      split,
      isDecided,
      connections,
      attribution,
      baseline: {tried: baseline.tried + attribution.stable.tried, failed: baseline.failed + attribution.stable.failed},
      latencyP95Ms: {canary: latencies.canary.quantile(0.95) ?? null, stable: stableP95},
      latencies: {canary: latencies.canary.count, stable: latencies.stable.count},
      baselineP95Ms: stableP95 ?? baselineP95Ms,
      names: {canary: plan.to, stable: plan.from},
    }
  }

  result(verdict: Verdict, reasons: readonly Reason[]): StepResult {
    const {split, attribution, latencyP95Ms, connections} = this.evidence()
    const {plan, ground} = this.#verification
    const canary = split.subsets.find(({name}) => name === plan.to)
    return {
      verdict,
      reasons,
      connections,
      durationMs: Math.round(performance.now() - this.#startMs),
      share: canary?.share ?? 0,
      interval95: canary?.interval95 ?? [0, 1],
      by: ground.expectation === undefined ? 'gateway' : 'answers',
      ...attribution,
      latencyP95Ms,
      held: null,
    }
  }

  #look(errors: Readonly<Record<string, number>>): {readonly split: TallyReport; readonly isDecided: boolean} {
    const counts = this.sample.counts()
    const look = this.#gate.look(counts, errors)
    if (look.state === 'continue') return {split: this.#gate.conclude(counts, 'max', errors), isDecided: false}
    return {split: look.report, isDecided: look.report.verdict === 'PASS' || look.report.verdict === 'FAIL'}
  }
}

/** Where answers tell nothing, the gateway's own draws are judged, under the names of the destinations. */
function countedByGateway({weights}: Ground): Expectation {
  return {source: 'the counters of the gateway', shares: Object.entries(weights).map(([name, weight]) => ({name, answers: [name], weight}))}
}

import type {RouteDestination} from '../routing/objects/virtual-service.js'
import type {Step, ShiftPlan} from './plan.js'

/** What is being done: each is an act of its own that ends in an event (see `transition.ts`). */
export type Activity =
  /** `confirmed`: a person has overruled the confirm hook. */
  | {readonly type: 'pending'; readonly confirmed?: true}
  /** Writing the weights of a step and waiting until the gateway has them. */
  | {readonly type: 'shifting'; readonly step: number; readonly confirmed?: true}
  | {readonly type: 'verifying'; readonly step: number}
  /** Writing the last weights, where they are not in force yet, and closing. */
  | {readonly type: 'promoting'}
  | {readonly type: 'rolling-back'; readonly reason: string}

/** Why a shift waits. `hook`: a confirm hook refused. */
export type PauseReason = 'manual' | 'duration' | 'inconclusive' | 'failed' | 'hook'

/**
 *     pending → shifting(0) → verifying(0) → [paused] → shifting(1) → … → promoting → healthy
 *     verifying ─FAIL→ rolling-back → degraded      abort: from everywhere → rolling-back
 */
export type Phase =
  | Activity
  | {
      readonly type: 'paused'
      readonly why: PauseReason
      /** What follows when somebody promotes, or when the time is over. */
      readonly next: Activity
      /** What is tried again on `retry`. */
      readonly again: Activity
      /** Unix epoch, ms; for `duration`. */
      readonly untilMs?: number
    }
  | {readonly type: 'healthy'}
  | {readonly type: 'degraded'; readonly reason: string; readonly rolledBack: boolean}

/** Connections of one side and how many of them failed. */
export interface Exposure {
  readonly tried: number
  readonly failed: number
}

export type Verdict = 'PASS' | 'FAIL' | 'INCONCLUSIVE'

/** What the verification of a step, or of a rollback, found. */
export interface StepResult {
  readonly verdict: Verdict
  /** Why it did not pass, or what was left open; empty for PASS. */
  readonly reasons: readonly Reason[]
  /** Connections made. */
  readonly connections: number
  readonly durationMs: number
  /** The new version's share of the answers, with its 95 % confidence sequence. */
  readonly share: number
  readonly interval95: readonly [low: number, high: number]
  /** Whether the answers or the gateway's counters told the versions apart. */
  readonly by: 'answers' | 'gateway'
  readonly canary: Exposure
  readonly stable: Exposure
  /** Failures seen by the probe that cannot be put down to either version. */
  readonly unattributed: number
  /** 95th percentile of the time to the first byte, ms; null where there were too few to say. */
  readonly latencyP95Ms: {readonly canary: number | null; readonly stable: number | null}
  /** Null where none were held. */
  readonly held: {readonly opened: number; readonly cut: number} | null
}

export interface Reason {
  readonly type: 'errors' | 'split' | 'latency' | 'cut' | 'hook' | 'unreachable'
  /** One sentence for people, without a full stop. */
  readonly message: string
}

export interface ShiftState {
  readonly plan: ShiftPlan
  readonly phase: Phase
  /** Rises with every event, so that an act that took long can tell whether it still matters. */
  readonly turn: number
  /** The destinations before the shift: what a rollback restores. */
  readonly original: readonly RouteDestination[]
  /** Revision of the history that `original` is. */
  readonly originalRevision: number
  /** By step; null where a step was not verified (yet). */
  readonly results: readonly (StepResult | null)[]
  readonly rollback: StepResult | null
  /** RFC 3339 */
  readonly startedAt: string
  readonly endedAt?: string
}

/** A shift that has not begun. `revision` is that of the route it starts from, `at` RFC 3339. */
export function newState(
  plan: ShiftPlan,
  {original, revision, at}: {readonly original: readonly RouteDestination[]; readonly revision: number; readonly at: string},
): ShiftState {
  return {plan, phase: {type: 'pending'}, turn: 0, original, originalRevision: revision, results: plan.steps.map(() => null), rollback: null, startedAt: at}
}

/** Whether nothing more will be done about it: it went through or was taken back. */
export function isOver({phase}: Pick<ShiftState, 'phase'>): boolean {
  return phase.type === 'healthy' || phase.type === 'degraded'
}

/** The step a phase is about; undefined where it is about none. */
export function stepOf(phase: Phase): number | undefined {
  switch (phase.type) {
    case 'shifting':
    case 'verifying':
      return phase.step
    case 'paused':
      return stepOf(phase.again)
    default:
      return undefined
  }
}

/** The step that ends the plan; without steps the whole weight at once. */
export function lastStep({steps}: ShiftPlan): Step {
  return steps.at(-1) ?? {weight: 100}
}

/** Both sides of all steps so far: what the old version is known to do once it gets no traffic any more. */
export function stableSoFar({results}: Pick<ShiftState, 'results'>): Exposure {
  return results.reduce<Exposure>((sum, result) => ({tried: sum.tried + (result?.stable.tried ?? 0), failed: sum.failed + (result?.stable.failed ?? 0)}), {
    tried: 0,
    failed: 0,
  })
}

/** The old version's latest 95th percentile, ms. */
export function stableP95({results}: Pick<ShiftState, 'results'>): number | null {
  return results.reduce<number | null>((latest, result) => result?.latencyP95Ms.stable ?? latest, null)
}

import {boundPercent, fixedPercent, percent, seconds} from '../output/report/numbers.js'
import {NO_COLORS, type ReportColors} from '../output/report/render-report.js'
import type {RouteDestination} from '../routing/objects/virtual-service.js'
import type {Revision} from './history.js'
import type {Step} from './plan.js'
import {weightsOf} from './set-weights.js'
import {typedName, typedPlace} from './shifted-object.js'
import {isOver, stepOf, type Phase, type ShiftState, type StepResult, type Verdict} from './state.js'
import {phaseName} from './transition.js'

const MARKS: Readonly<Record<Verdict, {readonly mark: string; readonly color: keyof ReportColors}>> = {
  PASS: {mark: '✔', color: 'good'},
  FAIL: {mark: '✘', color: 'bad'},
  INCONCLUSIVE: {mark: '?', color: 'warn'},
}

/** A shift as a tree: who moves where, a line per step with what was found, how it ended or what it waits for. Ends in a line feed. */
export function renderShift(state: ShiftState, history: readonly Revision[], colors: ReportColors = NO_COLORS): string {
  const {plan, phase, originalRevision, original} = state
  const current = stepOf(phase)
  const steps = plan.steps.map((step, i) => `├─ ${stepLine(state, step, i, colors)}`)
  const target = `└─ rollback target: revision ${originalRevision} (${weightsText(original)})`
  const head = [
    `${iconOf(phase)} ${typedName(plan)}`,
    `${plan.from} → ${plan.to}`,
    phaseName(phase),
    ...(current === undefined ? [] : [`step ${current + 1}/${plan.steps.length}`]),
    `revision ${history.at(-1)?.revision ?? originalRevision}`,
    colors.dim(`α ${plan.alpha} in all`),
  ]
  return [head.join('   '), ...steps, target, ...closing(state, colors)].map((line) => `${line}\n`).join('')
}

function iconOf(phase: Phase): string {
  switch (phase.type) {
    case 'healthy':
      return '✔'
    case 'degraded':
      return '✘'
    case 'paused':
      return '‖'
    default:
      return '⟳'
  }
}

function stepLine(state: ShiftState, {weight, pause}: Step, index: number, colors: ReportColors): string {
  const result = state.results[index] ?? null
  if (result !== null) return resultLine(result, weight, {name: state.plan.to, colors})
  const isCurrent = stepOf(state.phase) === index
  const wait = pause === undefined ? '' : colors.dim(`   then pauses${pause.type === 'duration' ? ` ${seconds(pause.ms)}` : ''}`)
  return `${isCurrent ? '◌' : '·'} ${weight}%${wait}`
}

/** `✔ 20%   v2 19.7% [15.4–24.5]   700 conn 0.2 s   errors 0   held 20/20 alive` */
function resultLine(result: StepResult, weight: number, {name, colors}: {readonly name: string; readonly colors: ReportColors}): string {
  const {mark, color} = MARKS[result.verdict]
  const [low, high] = result.interval95
  const parts = [
    `${mark} ${weight}%`,
    `${name} ${fixedPercent(result.share)} [${boundPercent(low, 'down').replace('%', '')}–${boundPercent(high, 'up').replace('%', '')}]`,
    `${result.connections} conn ${seconds(result.durationMs)}`,
    `errors ${errorsText(result, name)}`,
    ...(result.held === null ? [] : [`held ${result.held.opened - result.held.cut}/${result.held.opened} alive`]),
    ...(result.by === 'gateway' ? ['counted by the gateway'] : []),
  ]
  return colors[color](parts.join('   '))
}

function errorsText({canary, stable, unattributed}: StepResult, name: string): string {
  const total = canary.failed + stable.failed + unattributed
  if (total === 0) return '0'
  return canary.failed === 0 ? String(total) : `${total} (${name} ${percent(canary.failed / canary.tried)})`
}

function closing(state: ShiftState, colors: ReportColors): readonly string[] {
  const {phase, plan, rollback} = state
  const name = typedPlace(plan)
  switch (phase.type) {
    case 'degraded':
      return [
        colors.bad(`✘ ${phase.reason}`),
        ...(phase.rolledBack ? rollbackLines(state, colors) : [`  the weights were left as they are: tshift shift retry ${name}, or undo ${name}`]),
      ]
    case 'paused':
      return [...pauseReasons(state).map(colors.warn), `  go on: tshift shift promote ${name}   give up: tshift shift abort ${name}`]
    case 'rolling-back':
      return [colors.bad(`✘ ${phase.reason}`)]
    default:
      return rollback === null || !isOver(state) ? [] : rollbackLines(state, colors)
  }
}

function rollbackLines({original, rollback, plan}: ShiftState, colors: ReportColors): readonly string[] {
  const back = `  rolled back to ${weightsText(original)}`
  if (rollback === null) return [back]
  const {connections, verdict, reasons, share} = rollback
  if (verdict === 'PASS')
    return [`${back}, verified: ${connections} connections, ${share === 0 ? `none on ${plan.to}` : `${fixedPercent(share)} on ${plan.to}`}`]
  return [back, colors.bad(`✘ the rollback is not verified: ${reasons.map(({message}) => message).join('; ')}`)]
}

function pauseReasons({phase, results}: ShiftState): readonly string[] {
  const step = stepOf(phase)
  const reasons = step === undefined ? [] : (results[step]?.reasons ?? [])
  return reasons.map(({message}) => `? ${message}`)
}

/** `v1 80 / v2 20`, `v1 100`. */
export function weightsText(route: readonly RouteDestination[]): string {
  return Object.entries(weightsOf(route))
    .map(([name, weight]) => `${name} ${weight}`)
    .join(' / ')
}

/** What there is to say when a shift comes from one state to the next, a line each: for logs and terminals that are not redrawn. */
export function announce(before: ShiftState | undefined, after: ShiftState, colors: ReportColors = NO_COLORS): readonly string[] {
  const {plan, phase, results} = after
  const found = results.flatMap((result, i) =>
    result === null || result === before?.results[i] || sameResult(result, before?.results[i])
      ? []
      : [resultLine(result, plan.steps[i]?.weight ?? 0, {name: plan.to, colors})],
  )
  return [...found, ...(before !== undefined && JSON.stringify(before.phase) === JSON.stringify(phase) ? [] : phaseLines(after, colors))]
}

function sameResult(a: StepResult, b: StepResult | null | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

function phaseLines({phase, plan}: ShiftState, colors: ReportColors): readonly string[] {
  switch (phase.type) {
    case 'shifting':
      return [colors.dim(`→ ${plan.steps[phase.step]?.weight ?? 0}% to ${plan.to}`)]
    case 'paused':
      return [`‖ paused (${phase.why})${phase.untilMs === undefined ? '' : ` until ${new Date(phase.untilMs).toISOString()}`}`]
    case 'rolling-back':
      return [colors.bad(`✘ ${phase.reason}; rolling back`)]
    default:
      return []
  }
}

/** `REVISION  AT  WEIGHTS  CAUSE`, the newest last, as `rollout history` prints it. */
export function historyRows(history: readonly Revision[]): readonly (readonly string[])[] {
  return history.map(({revision, at, route, cause, isStart}) => [String(revision), at, weightsText(route), isStart ? `${cause} (a shift began here)` : cause])
}

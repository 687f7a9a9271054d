import type {Plan} from '../../tally/plan.js'
import type {RunLength} from '../../tally/simulate-gate.js'
import {points} from './numbers.js'
import {printable} from './printable.js'
import {wrap} from './wrap.js'

const TITLES = ['CONNECTIONS TO', 'HALF OF THE RUNS', '9 OF 10'] as const
const GAP = '   '

/** A plan as people read it; ends in a line feed. `-o json` prints the plan itself. */
export function renderPlan(plan: Plan, {width = 80}: {readonly width?: number} = {}): string {
  const rows = [TITLES, row(`prove ${claimOf(plan)}`, plan.prove.anytime), ...plan.catches.map((found) => row(`catch ${violationOf(plan, found)}`, found))]
  const widths = TITLES.map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)))
  const table = rows.map(([first = '', ...rest]) => [first.padEnd(widths[0] ?? 0), ...rest.map((cell, i) => cell.padStart(widths[i + 1] ?? 0))].join(GAP))
  const notes = [...fixedNote(plan), ...blindNote(plan), plan.guarantee].flatMap((note) => wrap(note, {width, lead: '', indent: ''}))
  return [...table, '', ...notes].join('\n') + '\n'
}

function row(question: string, {median, p90}: RunLength): readonly string[] {
  return [question, `≈ ${median.toLocaleString('en-US')}`, `≈ ${p90.toLocaleString('en-US')}`]
}

/** `80/20 ± 5 points`, `99/1 ± 5/1 points`. */
function claimOf({shares}: Plan): string {
  const distinct = [...new Set(shares.map(({tolerance}) => points(tolerance)))]
  const bounds = distinct.length === 1 ? distinct[0] : `${numbersOf(shares.map(({tolerance}) => tolerance))} points`
  return `${numbersOf(shares.map(({weight}) => weight))} ± ${bounds ?? ''}`
}

function violationOf(plan: Plan, {what, truth}: Plan['catches'][number]): string {
  return what === 'stuck' ? `stuck on ${nameOf(plan, truth.indexOf(1))}` : numbersOf(truth)
}

function nameOf({shares}: Plan, index: number): string {
  return printable(shares[index]?.name ?? '')
}

function numbersOf(shares: readonly number[]): string {
  return shares.map((share) => Number((share * 100).toFixed(1))).join('/')
}

function fixedNote({prove}: Plan): readonly string[] {
  if (prove.fixed === null) return []
  const n = prove.fixed.toLocaleString('en-US')
  return [`These are lengths of runs until sure. A fixed sample of ≈ ${n} proves as much (two one-sided tests, α 0.05, 90% power).`]
}

/** What no number of connections would fail, as it lies within the tolerance. */
function blindNote(plan: Plan): readonly string[] {
  const {shares, catches} = plan
  if (shares.length < 2 || catches.some(({what}) => what === 'stuck')) return []
  const heaviest = shares.reduce((heaviest, {weight}, i) => (weight > (shares[heaviest]?.weight ?? 0) ? i : heaviest), 0)
  return [`With these tolerances a gateway stuck on ${nameOf(plan, heaviest)} never fails; as the others never answer, it does not pass either.`]
}

import type {BrokenLink, Step, StepKind, Trace} from '../inspect/trace/trace.js'

/** Where a step or link is written, as `file:line`; undefined where that is not known. */
export type PlaceText = (part: Step | BrokenLink) => string | undefined

const LABELS: Readonly<Record<StepKind, string>> = {
  listener: 'listener',
  gateway: 'server',
  route: 'route',
  'passed-over': 'not',
  destination: 'share',
  rule: 'rule',
  policy: 'policy',
  endpoint: 'endpoint',
  note: 'note',
}
const WIDTH = 10
/** Of blocks that are passed over: who has thousands does not read them. */
const MOST_PASSED_OVER = 20

/** A trace for people: a line for each decision, with the place that made it behind it, and what is broken at the end. */
export function renderTrace({target, steps, broken}: Trace, placeOf: PlaceText): string {
  const lines = shortened(steps).map((step) => `${step.depth === 1 ? '  ' : ''}${LABELS[step.kind].padEnd(WIDTH)}${step.text}${behind(placeOf(step))}`)
  const end = broken === undefined ? ['it reaches its endpoints'] : [`BROKEN: ${broken.text}${behind(placeOf(broken))}`, `  mend: ${broken.mend}`]
  return [target, ...lines, ...end].map((line) => `${line}\n`).join('')
}

function shortened(steps: readonly Step[]): readonly Step[] {
  const over = steps.filter(({kind}) => kind === 'passed-over')
  const last = over[MOST_PASSED_OVER]
  if (last === undefined) return steps
  const unseen = new Set(over.slice(MOST_PASSED_OVER))
  const rest: Step = {kind: 'passed-over', text: `${unseen.size} more blocks, which -o json lists`, depth: 0}
  return steps.flatMap((step) => (step === last ? [rest] : unseen.has(step) ? [] : [step]))
}

function behind(place: string | undefined): string {
  return place === undefined ? '' : `  ${place}`
}

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

/** A trace for people: a line for each decision, with the place that made it behind it, and what is broken at the end. */
export function renderTrace({target, steps, broken}: Trace, placeOf: PlaceText): string {
  const lines = steps.map((step) => `${step.depth === 1 ? '  ' : ''}${LABELS[step.kind].padEnd(WIDTH)}${step.text}${behind(placeOf(step))}`)
  const end = broken === undefined ? ['it reaches its endpoints'] : [`BROKEN: ${broken.text}${behind(placeOf(broken))}`, `  mend: ${broken.mend}`]
  return [target, ...lines, ...end].map((line) => `${line}\n`).join('')
}

function behind(place: string | undefined): string {
  return place === undefined ? '' : `  ${place}`
}

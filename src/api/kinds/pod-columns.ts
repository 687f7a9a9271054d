import type {Column} from '../resource-type.js'
import {ageColumn} from './age-column.js'
import type {Pod} from './pod.js'
import {summarizePod} from './pod-summary.js'

const NONE = '<none>'

export const podColumns: readonly Column[] = [
  {name: 'Ready', cell: (pod: Pod, nowMs) => summarizePod(pod, nowMs).ready},
  {name: 'Status', cell: (pod: Pod, nowMs) => summarizePod(pod, nowMs).status},
  {name: 'Restarts', cell: (pod: Pod, nowMs) => summarizePod(pod, nowMs).restarts},
  ageColumn,
  {name: 'IP', wide: true, cell: ({status}: Pod) => status?.podIPs?.[0]?.ip ?? status?.podIP ?? NONE},
  {name: 'Node', wide: true, cell: ({spec}: Pod) => spec.nodeName ?? NONE},
  {name: 'Nominated Node', wide: true, cell: ({status}: Pod) => status?.nominatedNodeName ?? NONE},
  {name: 'Readiness Gates', wide: true, cell: readinessGates},
]

function readinessGates({spec, status}: Pod): string {
  const gates = spec.readinessGates ?? []
  if (gates.length === 0) return NONE
  const isTrue = (type: string) => status?.conditions?.some((condition) => condition.type === type && condition.status === 'True') ?? false
  return `${gates.filter(({conditionType}) => isTrue(conditionType)).length}/${gates.length}`
}

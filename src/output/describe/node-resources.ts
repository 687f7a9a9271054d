import type {Fields} from './fields.js'
import {addQuantities, formatQuantity, parseQuantity, ZERO, type Quantity} from './quantity.js'
import type {Surroundings} from './surroundings.js'
import {ageOf} from './times.js'

type Amounts = ReadonlyMap<string, Quantity>
const SUMMED = ['cpu', 'memory', 'ephemeral-storage']

/** The pods on a node and what they take of it. Source: kubectl `describeNodeResource`. */
export function nodeResourceLines(node: Fields, {neighbours, nowMs}: Surroundings): readonly string[] {
  const name = node.text('metadata.name')
  const pods = (neighbours.pods ?? []).filter((pod) => pod.text('spec.nodeName') === name && !['Succeeded', 'Failed'].includes(pod.text('status.phase')))
  const room = amountsOf(node, node.has('status.allocatable') ? 'status.allocatable' : 'status.capacity')
  const taken = pods.map((pod) => ({pod, requests: podAmounts(pod, 'requests'), limits: podAmounts(pod, 'limits')}))
  const [requests, limits] = [total(taken.map((one) => one.requests)), total(taken.map((one) => one.limits))]
  const pages = [...room.keys()].filter((resource) => resource.startsWith('hugepages-'))
  const extras = [...room.keys()].filter((resource) => ![...SUMMED, ...pages, 'pods', 'storage'].includes(resource))
  return [
    `Non-terminated Pods:\t(${pods.length} in total)`,
    '  Namespace\tName\t\tCPU Requests\tCPU Limits\tMemory Requests\tMemory Limits\tAge',
    '  ---------\t----\t\t------------\t----------\t---------------\t-------------\t---',
    ...taken.map(({pod, ...amounts}) => podLine(pod, amounts, room, nowMs)),
    'Allocated resources:',
    '  (Total limits may be over 100 percent, i.e., overcommitted.)',
    '  Resource\tRequests\tLimits',
    '  --------\t--------\t------',
    ...[...SUMMED, ...pages.sort()].map((resource) => {
      return `  ${resource}\t${shareText(resource, requests, room)}\t${shareText(resource, limits, room)}`
    }),
    ...extras.sort().map((resource) => `  ${resource}\t${formatQuantity(requests.get(resource) ?? ZERO)}\t${formatQuantity(limits.get(resource) ?? ZERO)}`),
  ]
}

function podLine(pod: Fields, {requests, limits}: {requests: Amounts; limits: Amounts}, room: Amounts, nowMs: number): string {
  const shares = (['cpu', 'memory'] as const).flatMap((resource) => [shareText(resource, requests, room), shareText(resource, limits, room)])
  return `  ${pod.text('metadata.namespace')}\t${pod.text('metadata.name')}\t\t${shares.join('\t')}\t${ageOf(pod.text('metadata.creationTimestamp'), nowMs)}`
}

/** `100m (5%)`; of a node that does not say what it has, nothing is a share. */
function shareText(resource: string, amounts: Amounts, room: Amounts): string {
  const [amount, all] = [amounts.get(resource) ?? ZERO, (room.get(resource) ?? ZERO).nanos]
  const percent = all === 0n ? 0n : (amount.nanos * 100n) / all
  return `${formatQuantity(amount)} (${percent}%)`
}

function amountsOf(object: Fields, path: string): Amounts {
  return new Map(object.pairs(path).map(([name, text]) => [name, parseQuantity(text) ?? ZERO]))
}

/** Containers together, or the largest of those that start before them, and the overhead. Source: kubectl `resource.PodRequestsAndLimits`. */
function podAmounts(pod: Fields, list: 'requests' | 'limits'): Amounts {
  const running = total(pod.items('spec.containers').map((container) => amountsOf(container, `resources.${list}`)))
  const starting = pod.items('spec.initContainers').map((container) => amountsOf(container, `resources.${list}`))
  const most = starting.reduce<Amounts>(larger, running)
  return pod.has('spec.overhead') && list === 'requests' ? total([most, amountsOf(pod, 'spec.overhead')]) : most
}

function larger(left: Amounts, right: Amounts): Amounts {
  const result = new Map(left)
  for (const [name, amount] of right) {
    if (amount.nanos > (result.get(name)?.nanos ?? -1n)) result.set(name, amount)
  }
  return result
}

function total(list: readonly Amounts[]): Amounts {
  const sum = new Map<string, Quantity>()
  for (const [name, amount] of list.flatMap((amounts) => [...amounts])) sum.set(name, addQuantities(sum.get(name) ?? ZERO, amount))
  return sum
}

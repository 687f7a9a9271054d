import type {Fields} from './fields.js'
import {parseQuantity} from './quantity.js'

const COUNTED = ['cpu', 'memory']

/** The quality of service class: as the status has it, or by the resources of the containers. Source: kubectl `qos.ComputePodQOS`. */
export function podQuality(pod: Fields): string {
  const known = pod.text('status.qosClass')
  if (known !== '') return known
  const containers = [...pod.items('spec.containers'), ...pod.items('spec.initContainers')]
  const requested = containers.map((container) => amounts(container, 'requests'))
  const limited = containers.map((container) => amounts(container, 'limits'))
  if ([...requested, ...limited].every((map) => map.size === 0)) return 'BestEffort'
  const isGuaranteed = containers.every((_, index) => COUNTED.every((name) => isSame(limited[index], requested[index], name)))
  return isGuaranteed ? 'Guaranteed' : 'Burstable'
}

/** A request that is not written is the limit. */
function isSame(limits: ReadonlyMap<string, bigint> | undefined, requests: ReadonlyMap<string, bigint> | undefined, name: string): boolean {
  const limit = limits?.get(name)
  return limit !== undefined && (requests?.get(name) ?? limit) === limit
}

function amounts(container: Fields, list: 'requests' | 'limits'): ReadonlyMap<string, bigint> {
  const pairs = container.pairs(`resources.${list}`).map(([name, text]) => [name, parseQuantity(text)?.nanos ?? 0n] as const)
  return new Map(pairs.filter(([name, value]) => COUNTED.includes(name) && value > 0n))
}

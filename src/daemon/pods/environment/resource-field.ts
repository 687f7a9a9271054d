import {availableParallelism, totalmem} from 'node:os'
import type {Container, PodSpec, ResourceFieldReference} from '../../../api/kinds/pod-spec.js'
import {quantityValue} from '../../../api/quantity.js'

/**
 * What a container may use or asks for, counted in the divisor and rounded up; a limit that is not set is what the node has.
 * Source: kubernetes `pkg/api/v1/resource` ExtractContainerResourceValue.
 */
export function resourceField(spec: PodSpec, own: Container, {containerName, resource, divisor}: ResourceFieldReference): string | undefined {
  const all = [...spec.containers, ...(spec.initContainers ?? [])]
  const {resources = {}} = containerName === undefined || containerName === '' ? own : (all.find(({name}) => name === containerName) ?? own)
  const [list, name] = resource.split('.')
  if ((list !== 'limits' && list !== 'requests') || name === undefined) return undefined
  const amount = quantityValue(resources[list]?.[name] ?? '') ?? (list === 'limits' ? ofNode(name) : 0)
  const unit = quantityValue(divisor ?? '') || 1
  return String(Math.ceil(amount / unit - 1e-9)) // 100m of 1m is 100, whatever binary fractions make of it
}

function ofNode(resource: string): number {
  return resource === 'cpu' ? availableParallelism() : resource === 'memory' ? totalmem() : 0
}

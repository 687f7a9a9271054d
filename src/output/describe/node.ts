import {compareBytes} from '../byte-order.js'
import {eventLines} from './events.js'
import type {Fields} from './fields.js'
import {annotationLines, pairLines, tableLines} from './metadata.js'
import {nodeResourceLines} from './node-resources.js'
import {canonicalQuantity} from './quantity.js'
import type {Describer, Surroundings} from './surroundings.js'
import {formatMoment} from './times.js'

/** Source: kubectl `describeNode`. */
export const nodeDescriber: Describer = {
  needs: ['leases', 'pods'],
  describe: (node, surroundings) => [
    `Name:\t${node.text('metadata.name')}`,
    `Roles:\t${rolesOf(node)}`,
    ...pairLines('Labels', node.pairs('metadata.labels')),
    ...annotationLines('Annotations', node.pairs('metadata.annotations')),
    `CreationTimestamp:\t${formatMoment(node.text('metadata.creationTimestamp'))}`,
    ...taintLines(node.items('spec.taints')),
    `Unschedulable:\t${node.flag('spec.unschedulable')}`,
    ...leaseLines(node, surroundings),
    ...conditionLines(node.items('status.conditions')),
    'Addresses:',
    ...node.items('status.addresses').map((address) => `  ${address.text('type')}:\t${address.text('address')}`),
    ...resourceLines('Capacity', node),
    ...resourceLines('Allocatable', node),
    'System Info:',
    ...SYSTEM.map(([title, field]) => `  ${title}:\t${node.text(`status.nodeInfo.${field}`)}`),
    ...rangeLines(node),
    ...nodeResourceLines(node, surroundings),
    ...eventLines(surroundings),
  ],
}

const SYSTEM = [
  ['Machine ID', 'machineID'],
  ['System UUID', 'systemUUID'],
  ['Boot ID', 'bootID'],
  ['Kernel Version', 'kernelVersion'],
  ['OS Image', 'osImage'],
  ['Operating System', 'operatingSystem'],
  ['Architecture', 'architecture'],
  ['Container Runtime Version', 'containerRuntimeVersion'],
  ['Kubelet Version', 'kubeletVersion'],
  ['Kube-Proxy Version', 'kubeProxyVersion'],
] as const

const ROLE = 'node-role.kubernetes.io/'

function rolesOf(node: Fields): string {
  const roles = node.pairs('metadata.labels').flatMap(([key, value]) => {
    if (key.startsWith(ROLE)) return [key.slice(ROLE.length)]
    return key === 'kubernetes.io/role' ? [value] : []
  })
  return [...new Set(roles.filter((role) => role !== ''))].sort(compareBytes).join(',') || '<none>'
}

function taintLines(taints: readonly Fields[]): readonly string[] {
  if (taints.length === 0) return ['Taints:\t<none>']
  const order = (taint: Fields) => `${taint.text('effect')},${taint.text('key')}`
  return [...taints]
    .sort((left, right) => compareBytes(order(left), order(right)))
    .map((taint, index) => `${index === 0 ? 'Taints:' : ''}\t${taintText(taint)}`)
}

/** Source: k8s.io/api `Taint.ToString`. */
function taintText(taint: Fields): string {
  const [key, value, effect] = ['key', 'value', 'effect'].map((field) => taint.text(field))
  if (effect === '') return value === '' ? `${key}` : `${key}=${value}:`
  return value === '' ? `${key}:${effect}` : `${key}=${value}:${effect}`
}

function leaseLines(node: Fields, {neighbours}: Surroundings): readonly string[] {
  const name = node.text('metadata.name')
  const lease = (neighbours.leases ?? []).find((one) => one.text('metadata.namespace') === 'kube-node-lease' && one.text('metadata.name') === name)
  if (lease === undefined) return [`Lease:\tFailed to get lease: leases.coordination.k8s.io "${name}" not found`]
  const time = (field: string) => (lease.has(`spec.${field}`) ? formatMoment(lease.text(`spec.${field}`)) : '<unset>')
  const holder = lease.text('spec.holderIdentity') || '<unset>'
  return ['Lease:', `  HolderIdentity:\t${holder}`, `  AcquireTime:\t${time('acquireTime')}`, `  RenewTime:\t${time('renewTime')}`]
}

function conditionLines(conditions: readonly Fields[]): readonly string[] {
  if (conditions.length === 0) return []
  const rows = conditions.map((one) => {
    const times = ['lastHeartbeatTime', 'lastTransitionTime'].map((field) => formatMoment(one.text(field)))
    return [...[one.text('type'), one.text('status'), ...times, one.text('reason')].map((cell) => `${cell} `), one.text('message')]
  })
  const heads = ['Type', 'Status', 'LastHeartbeatTime', 'LastTransitionTime', 'Reason', 'Message']
  return ['Conditions:', ...tableLines(heads, ['----', '------', '-----------------', '------------------', '------', '-------'], rows)]
}

function resourceLines(title: string, node: Fields): readonly string[] {
  const pairs = node.pairs(`status.${title.toLowerCase()}`)
  return pairs.length === 0 ? [] : [`${title}:`, ...pairs.map(([name, value]) => `  ${name}:\t${canonicalQuantity(value)}`)]
}

function rangeLines(node: Fields): readonly string[] {
  const [range, ranges, provider] = [node.text('spec.podCIDR'), node.texts('spec.podCIDRs').join(','), node.text('spec.providerID')]
  return [
    ...(range === '' ? [] : [`PodCIDR:\t${range}`]),
    ...(ranges === '' ? [] : [`PodCIDRs:\t${ranges}`]),
    ...(provider === '' ? [] : [`ProviderID:\t${provider}`]),
  ]
}

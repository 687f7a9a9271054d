import {containerLines, resourceLines, seccompLines} from './containers.js'
import {eventLines} from './events.js'
import type {Fields} from './fields.js'
import {controllerLines, labelLines, nameLines, pairLines} from './metadata.js'
import {spreadLines, tolerationLines} from './pod-template.js'
import {podQuality} from './pod-quality.js'
import type {Describer, Surroundings} from './surroundings.js'
import {ageOf, formatMoment} from './times.js'
import {volumeLines} from './volumes.js'

/** Source: kubectl `describePod`. */
export const podDescriber: Describer = {
  describe: (pod, surroundings) => [
    ...nameLines(pod),
    ...placeLines(pod),
    ...labelLines(pod),
    ...statusLines(pod, surroundings),
    ...addressLines(pod),
    ...controllerLines(pod),
    ...optional('NominatedNodeName', pod.text('status.nominatedNodeName')),
    ...(pod.has('spec.resources') ? ['Resources:', ...resourceLines(pod.at('spec.resources'), '  ')] : []),
    ...allContainers(pod),
    ...conditionLines(pod),
    ...volumeLines(pod.items('spec.volumes'), ''),
    `QoS Class:\t${podQuality(pod)}`,
    ...pairLines('Node-Selectors', pod.pairs('spec.nodeSelector')),
    ...tolerationLines('Tolerations', pod.items('spec.tolerations')),
    ...spreadLines(pod.at('spec'), ''),
    ...eventLines(surroundings),
  ],
}

function optional(title: string, value: string): readonly string[] {
  return value === '' ? [] : [`${title}:\t${value}`]
}

function placeLines(pod: Fields): readonly string[] {
  const node = pod.text('spec.nodeName')
  return [
    ...optional('Priority', pod.text('spec.priority')),
    ...optional('Priority Class Name', pod.text('spec.priorityClassName')),
    ...optional('Runtime Class Name', pod.text('spec.runtimeClassName')),
    ...optional('Service Account', pod.text('spec.serviceAccountName')),
    `Node:\t${node === '' ? '<none>' : `${node}/${pod.text('status.hostIP')}`}`,
    ...(pod.has('status.startTime') ? [`Start Time:\t${formatMoment(pod.text('status.startTime'))}`] : []),
  ]
}

function statusLines(pod: Fields, {nowMs}: Surroundings): readonly string[] {
  const phase = pod.text('status.phase')
  const isEnding = pod.has('metadata.deletionTimestamp') && phase !== 'Failed' && phase !== 'Succeeded'
  const lasts = `Status:\tTerminating (lasts ${ageOf(pod.text('metadata.deletionTimestamp'), nowMs)})`
  return [
    ...(isEnding ? [lasts, `Termination Grace Period:\t${pod.number('metadata.deletionGracePeriodSeconds')}s`] : [`Status:\t${phase}`]),
    ...optional('Reason', pod.text('status.reason')),
    ...optional('Message', pod.text('status.message')),
    ...seccompLines(pod.at('spec.securityContext.seccompProfile'), '', ''),
  ]
}

function addressLines(pod: Fields): readonly string[] {
  const addresses = pod.items('status.podIPs')
  const all = addresses.length === 0 ? ['IPs:\t<none>'] : ['IPs:', ...addresses.map((address) => `  IP:\t${address.text('ip')}`)]
  return [`IP:\t${pod.text('status.podIP')}`, ...all]
}

const CONTAINERS = [
  ['Init Containers', 'initContainers', 'initContainerStatuses'],
  ['Containers', 'containers', 'containerStatuses'],
  ['Ephemeral Containers', 'ephemeralContainers', 'ephemeralContainerStatuses'],
] as const

function allContainers(pod: Fields): readonly string[] {
  return CONTAINERS.flatMap(([title, field, statuses]) => {
    const containers = pod.items(`spec.${field}`)
    if (containers.length === 0 && field !== 'containers') return []
    return containerLines(title, containers, {type: 'pod', pod, statuses: pod.items(`status.${statuses}`)})
  })
}

function conditionLines(pod: Fields): readonly string[] {
  const conditions = pod.items('status.conditions')
  const statusOf = (type: string) => conditions.find((condition) => condition.text('type') === type)?.text('status') ?? '<none>'
  const gates = pod.items('spec.readinessGates').map((gate) => gate.text('conditionType'))
  return [
    ...(gates.length === 0 ? [] : ['Readiness Gates:', '  Type\tStatus', ...gates.map((type) => `  ${type} \t${statusOf(type)} `)]),
    ...(conditions.length === 0 ? [] : ['Conditions:', '  Type\tStatus', ...conditions.map((one) => `  ${one.text('type')} \t${one.text('status')} `)]),
  ]
}

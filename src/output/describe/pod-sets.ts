import {podCounts} from './controlled-pods.js'
import {eventLines} from './events.js'
import type {Fields} from './fields.js'
import {controllerLines, formatPairs, labelLines, nameLines, selectorOrNone, selectorText} from './metadata.js'
import {templateLines} from './pod-template.js'
import {canonicalQuantity} from './quantity.js'
import type {Describer, Surroundings} from './surroundings.js'
import {createdLine, workloadConditions} from './workload-lines.js'

/** Source: kubectl `describeReplicaSet`. */
export const replicaSetDescriber: Describer = {
  needs: ['pods'],
  describe: (set, surroundings) => [
    ...nameLines(set),
    `Selector:\t${selectorOrNone(set.at('spec.selector'))}`,
    ...labelLines(set),
    ...controllerLines(set),
    ...currentLines(set, surroundings),
    ...workloadConditions(set.at('status')),
    ...eventLines(surroundings),
  ],
}

/** Source: kubectl `describeReplicationController`. */
export const replicationControllerDescriber: Describer = {
  needs: ['pods'],
  describe: (controller, surroundings) => [
    ...nameLines(controller),
    `Selector:\t${formatPairs(controller.pairs('spec.selector'))}`,
    ...labelLines(controller),
    ...currentLines(controller, surroundings),
    ...workloadConditions(controller.at('status')),
    ...eventLines(surroundings),
  ],
}

function currentLines(set: Fields, surroundings: Surroundings): readonly string[] {
  return [
    `Replicas:\t${set.number('status.replicas')} current / ${set.number('spec.replicas')} desired`,
    `Pods Status:\t${podCounts(set, surroundings)}`,
    ...templateLines(set.at('spec.template')),
  ]
}

/** Source: kubectl `describeStatefulSet`. */
export const statefulSetDescriber: Describer = {
  needs: ['pods'],
  describe: (set, surroundings) => {
    const spec = set.at('spec')
    const rolling = spec.at('updateStrategy.rollingUpdate')
    return [
      ...nameLines(set),
      createdLine(set),
      `Selector:\t${selectorText(spec.at('selector'))}`,
      ...labelLines(set),
      `Replicas:\t${spec.number('replicas')} desired | ${set.number('status.replicas')} total`,
      `Update Strategy:\t${spec.text('updateStrategy.type')}`,
      ...(rolling.has('partition') ? [`  Partition:\t${rolling.number('partition')}`] : []),
      ...(rolling.has('partition') && rolling.has('maxUnavailable') ? [`  MaxUnavailable:\t${rolling.text('maxUnavailable')}`] : []),
      `Pods Status:\t${podCounts(set, surroundings)}`,
      ...templateLines(spec.at('template')),
      ...claimLines(spec.items('volumeClaimTemplates')),
      ...eventLines(surroundings),
    ]
  },
}

function claimLines(claims: readonly Fields[]): readonly string[] {
  if (claims.length === 0) return ['Volume Claims:\t<none>']
  return ['Volume Claims:', ...claims.flatMap(claimTemplateLines)]
}

function claimTemplateLines(claim: Fields): readonly string[] {
  const size = claim.text('spec.resources.requests.storage')
  const pairs = (title: string, field: string) => {
    const list = claim.pairs(`metadata.${field}`)
    return list.length === 0 ? [`  ${title}:\t<none>`] : list.map(([key, value], index) => `  ${index === 0 ? `${title}:` : ''}\t${key}=${value}`)
  }
  return [
    `  Name:\t${claim.text('metadata.name')}`,
    `  StorageClass:\t${claim.text('spec.storageClassName')}`,
    ...pairs('Labels', 'labels'),
    ...pairs('Annotations', 'annotations'),
    `  Capacity:\t${size === '' ? '<default>' : canonicalQuantity(size)}`,
    `  Access Modes:\t[${claim.texts('spec.accessModes').join(' ')}]`,
  ]
}

/** Source: kubectl `describeDaemonSet`. */
export const daemonSetDescriber: Describer = {
  needs: ['pods'],
  describe: (set, surroundings) => {
    const status = set.at('status')
    return [
      ...nameLines(set),
      `Selector:\t${selectorText(set.at('spec.selector'))}`,
      `Node-Selector:\t${formatPairs(set.pairs('spec.template.spec.nodeSelector'))}`,
      ...labelLines(set),
      `Desired Number of Nodes Scheduled: ${status.number('desiredNumberScheduled')}`,
      `Current Number of Nodes Scheduled: ${status.number('currentNumberScheduled')}`,
      `Number of Nodes Scheduled with Up-to-date Pods: ${status.number('updatedNumberScheduled')}`,
      `Number of Nodes Scheduled with Available Pods: ${status.number('numberAvailable')}`,
      `Number of Nodes Misscheduled: ${status.number('numberMisscheduled')}`,
      `Pods Status:\t${podCounts(set, surroundings)}`,
      ...templateLines(set.at('spec.template')),
      ...eventLines(surroundings),
    ]
  },
}

import {isSameJson} from '../../api/same-json.js'
import {isJsonObject, type Json} from '../../api/object.js'
import {controlledSets, podCounts} from './controlled-pods.js'
import {eventLines} from './events.js'
import type {Fields} from './fields.js'
import {controllerLines, formatPairs, labelLines, nameLines, selectorOrNone, selectorText} from './metadata.js'
import {templateLines} from './pod-template.js'
import {canonicalQuantity} from './quantity.js'
import type {Describer, Surroundings} from './surroundings.js'
import {formatMoment} from './times.js'

/** Source: kubectl `describeDeployment`. */
export const deploymentDescriber: Describer = {
  needs: ['replicasets'],
  describe: (deployment, surroundings) => {
    const [spec, status] = [deployment.at('spec'), deployment.at('status')]
    const rolling = spec.at('strategy.rollingUpdate')
    const counts = ['updatedReplicas', 'replicas', 'availableReplicas', 'unavailableReplicas'].map((field) => status.number(field))
    const [updated, total, available, unavailable] = counts
    return [
      ...nameLines(deployment),
      createdLine(deployment),
      ...labelLines(deployment),
      `Selector:\t${selectorText(spec.at('selector'))}`,
      `Replicas:\t${spec.number('replicas')} desired | ${updated} updated | ${total} total | ${available} available | ${unavailable} unavailable`,
      `StrategyType:\t${spec.text('strategy.type')}`,
      `MinReadySeconds:\t${spec.number('minReadySeconds')}`,
      ...(rolling.value === null ? [] : [`RollingUpdateStrategy:\t${rolling.text('maxUnavailable')} max unavailable, ${rolling.text('maxSurge')} max surge`]),
      ...templateLines(spec.at('template')),
      ...conditionLines(status, ' '),
      ...setLines(deployment, surroundings),
      ...eventLines(surroundings),
    ]
  },
}

function createdLine(object: Fields): string {
  return `CreationTimestamp:\t${formatMoment(object.text('metadata.creationTimestamp'))}`
}

function conditionLines(status: Fields, space: string): readonly string[] {
  const conditions = status.items('conditions')
  if (conditions.length === 0) return []
  const rows = conditions.map((condition) => `  ${condition.text('type')}${space}\t${condition.text('status')}\t${condition.text('reason')}`)
  return ['Conditions:', '  Type\tStatus\tReason', '  ----\t------\t------', ...rows]
}

/** The set whose template is the Deployment's is the new one; the oldest, where several are. */
function setLines(deployment: Fields, surroundings: Surroundings): readonly string[] {
  const sets = [...controlledSets(deployment, surroundings)].sort(byAge)
  if (sets.length === 0) return []
  const template = withoutHash(deployment.at('spec.template').value)
  const current = sets.find((set) => isSameJson(withoutHash(set.at('spec.template').value), template))
  const old = sets.filter((set) => set !== current)
  return [`OldReplicaSets:\t${setTexts(old)}`, `NewReplicaSet:\t${setTexts(current === undefined ? [] : [current])}`]
}

function byAge(left: Fields, right: Fields): number {
  const created = (set: Fields) => `${set.text('metadata.creationTimestamp')} ${set.text('metadata.name')}`
  return created(left) < created(right) ? -1 : 1
}

function withoutHash(template: Json): Json {
  if (!isJsonObject(template) || !isJsonObject(template['metadata'])) return template
  const {labels} = template['metadata']
  if (!isJsonObject(labels)) return template
  const {'pod-template-hash': _, ...others} = labels
  return {...template, metadata: {...template['metadata'], labels: others}}
}

function setTexts(sets: readonly Fields[]): string {
  return sets.map((set) => `${set.text('metadata.name')} (${set.number('status.replicas')}/${set.number('spec.replicas')} replicas created)`).join(', ') || '<none>'
}

/** Source: kubectl `describeReplicaSet`. */
export const replicaSetDescriber: Describer = {
  needs: ['pods'],
  describe: (set, surroundings) => [
    ...nameLines(set),
    `Selector:\t${selectorOrNone(set.at('spec.selector'))}`,
    ...labelLines(set),
    ...controllerLines(set),
    ...currentLines(set, surroundings),
    ...conditionLines(set.at('status'), ' '),
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
    ...conditionLines(controller.at('status'), ' '),
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

import {isJsonObject, type Json} from '../../api/object.js'
import {isSameJson} from '../../api/same-json.js'
import {controlledSets} from './controlled-pods.js'
import {eventLines} from './events.js'
import type {Fields} from './fields.js'
import {labelLines, nameLines, selectorText} from './metadata.js'
import {templateLines} from './pod-template.js'
import type {Describer, Surroundings} from './surroundings.js'
import {createdLine, workloadConditions} from './workload-lines.js'

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
      ...workloadConditions(status),
      ...setLines(deployment, surroundings),
      ...eventLines(surroundings),
    ]
  },
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
  const texts = sets.map((set) => `${set.text('metadata.name')} (${set.number('status.replicas')}/${set.number('spec.replicas')} replicas created)`)
  return texts.join(', ') || '<none>'
}

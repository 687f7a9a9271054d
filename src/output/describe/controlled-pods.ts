import {matches, fromLabelSelector, type Selector} from '../../api/labels.js'
import type {Fields} from './fields.js'
import {controllerOf} from './metadata.js'
import type {Surroundings} from './surroundings.js'

/** `1 Running / 0 Waiting / 0 Succeeded / 0 Failed`: the pods an object controls, by phase. Source: kubectl `getPodStatusForController`. */
export function podCounts(owner: Fields, {neighbours}: Surroundings): string {
  const uid = owner.text('metadata.uid')
  const phases = (neighbours.pods ?? []).filter((pod) => controllerOf(pod)?.text('uid') === uid).map((pod) => pod.text('status.phase'))
  const count = (phase: string) => phases.filter((one) => one === phase).length
  return `${count('Running')} Running / ${count('Pending')} Waiting / ${count('Succeeded')} Succeeded / ${count('Failed')} Failed`
}

/** The ReplicaSets a Deployment controls, by its selector. */
export function controlledSets(deployment: Fields, {neighbours}: Surroundings): readonly Fields[] {
  const selector: Selector = fromLabelSelector({matchLabels: Object.fromEntries(deployment.pairs('spec.selector.matchLabels'))})
  const uid = deployment.text('metadata.uid')
  const isSelected = (set: Fields) => matches(selector, Object.fromEntries(set.pairs('metadata.labels')))
  return (neighbours.replicasets ?? []).filter((set) => controllerOf(set)?.text('uid') === uid && isSelected(set))
}

import {eventLines} from './events.js'
import {formatPairs, labelLines, nameLines, selectorOrNone, tableLines} from './metadata.js'
import type {Describer} from './surroundings.js'

/** RoleBindings and ClusterRoleBindings. Source: kubectl `RoleBindingDescriber`. */
export const roleBindingDescriber: Describer = {
  describe: (binding) => [
    `Name:\t${binding.text('metadata.name')}`,
    ...labelLines(binding),
    'Role:',
    `  Kind:\t${binding.text('roleRef.kind')}`,
    `  Name:\t${binding.text('roleRef.name')}`,
    'Subjects:',
    ...tableLines(
      ['Kind', 'Name', 'Namespace'],
      ['----', '----', '---------'],
      binding.items('subjects').map((subject) => ['kind', 'name', 'namespace'].map((field) => subject.text(field))),
    ),
  ],
}

/** Source: kubectl `describePodDisruptionBudgetV1`. */
export const disruptionBudgetDescriber: Describer = {
  describe: (budget, surroundings) => {
    const [spec, status] = [budget.at('spec'), budget.at('status')]
    const most = spec.has('maxUnavailable') ? [`Max unavailable:\t${spec.text('maxUnavailable')}`] : []
    const limits = spec.has('minAvailable') ? [`Min available:\t${spec.text('minAvailable')}`] : most
    return [
      ...nameLines(budget),
      ...limits,
      `Selector:\t${spec.has('selector') ? selectorOrNone(spec.at('selector')) : '<unset>'}`,
      'Status:',
      `    Allowed disruptions:\t${status.number('disruptionsAllowed')}`,
      `    Current:\t${status.number('currentHealthy')}`,
      `    Desired:\t${status.number('desiredHealthy')}`,
      `    Total:\t${status.number('expectedPods')}`,
      ...eventLines(surroundings),
    ]
  },
}

/** Source: kubectl `describePriorityClass`. */
export const priorityClassDescriber: Describer = {
  describe: (priority, surroundings) => [
    `Name:\t${priority.text('metadata.name')}`,
    `Value:\t${priority.number('value')}`,
    `GlobalDefault:\t${priority.flag('globalDefault')}`,
    `PreemptionPolicy:\t${priority.text('preemptionPolicy')}`,
    `Description:\t${priority.text('description')}`,
    `Annotations:\t${formatPairs(priority.pairs('metadata.annotations'))}`,
    ...eventLines(surroundings),
  ],
}

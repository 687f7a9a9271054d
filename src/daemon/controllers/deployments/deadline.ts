import type {Deployment, DeploymentCondition} from '../../../api/kinds/deployment.js'

const NEVER = 2 ** 31 - 1
const NOT_WAITED_FOR = new Set<string | undefined>(['NewReplicaSetAvailable', 'ProgressDeadlineExceeded', 'DeploymentPaused'])

/** Whether a rollout may fail by time at all. Source: Kubernetes deployment/util `HasProgressDeadline`. */
export function hasProgressDeadline({spec}: Deployment): boolean {
  return spec.progressDeadlineSeconds !== undefined && spec.progressDeadlineSeconds !== NEVER
}

/** The condition that says how a rollout gets on. */
export function progressingOf(conditions: readonly DeploymentCondition[] = []): DeploymentCondition | undefined {
  return conditions.find(({type}) => type === 'Progressing')
}

/** The moment (ms) after which a rollout without further progress has failed; undefined where none is under way. */
export function progressDeadline(deployment: Deployment): number | undefined {
  const progressing = progressingOf(deployment.status?.conditions)
  if (!hasProgressDeadline(deployment) || progressing === undefined || NOT_WAITED_FOR.has(progressing.reason)) return undefined
  return Date.parse(progressing.lastUpdateTime ?? '') + (deployment.spec.progressDeadlineSeconds ?? 0) * 1000
}

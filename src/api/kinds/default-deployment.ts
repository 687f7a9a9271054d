import type {Deployment, DeploymentSpec, DeploymentStrategy} from './deployment.js'
import {defaultPodTemplate} from './default-pod-spec.js'
import {fill} from './fill.js'

const NEVER = 2 ** 31 - 1

interface VersionDefaults {
  readonly surge: number | string
  readonly revisionHistoryLimit: number
  readonly progressDeadlineSeconds: number
  /** Whether an absent selector and absent labels are taken from the template. */
  readonly copiesLabels: boolean
}

/** What each version filled in; the first is today's. Source: kubernetes 1.15 `pkg/apis/{apps,extensions}/…/defaults.go`. */
const APPS_V1: VersionDefaults = {surge: '25%', revisionHistoryLimit: 10, progressDeadlineSeconds: 600, copiesLabels: false}
const LEGACY: Readonly<Record<string, VersionDefaults>> = {
  'apps/v1beta2': APPS_V1,
  'apps/v1beta1': {surge: '25%', revisionHistoryLimit: 2, progressDeadlineSeconds: 600, copiesLabels: true},
  'extensions/v1beta1': {surge: 1, revisionHistoryLimit: NEVER, progressDeadlineSeconds: NEVER, copiesLabels: true},
}

/** A Deployment of any served version as apps/v1, with what the API server adds. */
export function defaultDeployment(written: Deployment): Deployment {
  const defaults = LEGACY[written.apiVersion] ?? APPS_V1
  const copied = defaults.copiesLabels ? withLabelsOfTemplate(written) : written
  return fill({...copied, apiVersion: 'apps/v1', spec: defaultSpec(copied.spec ?? {template: {}}, defaults)}, {status: {}})
}

function withLabelsOfTemplate(deployment: Deployment): Deployment {
  const labels = deployment.spec?.template?.metadata?.labels
  if (labels === undefined) return deployment
  return {
    ...deployment,
    metadata: fill(deployment.metadata, {labels}),
    spec: fill(deployment.spec, {selector: {matchLabels: labels}}),
  }
}

function defaultSpec(spec: DeploymentSpec, {surge, revisionHistoryLimit, progressDeadlineSeconds}: VersionDefaults): DeploymentSpec {
  const filled = fill(spec, {replicas: 1, revisionHistoryLimit, progressDeadlineSeconds})
  return {...filled, strategy: defaultStrategy(spec.strategy ?? {}, surge), template: defaultPodTemplate(spec.template ?? {})}
}

function defaultStrategy(strategy: DeploymentStrategy, surge: number | string): DeploymentStrategy {
  const {type = 'RollingUpdate', rollingUpdate = {}} = strategy
  if (type !== 'RollingUpdate') return {...strategy, type}
  return {...strategy, type, rollingUpdate: fill(rollingUpdate, {maxSurge: surge, maxUnavailable: surge})}
}

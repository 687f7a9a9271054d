import type {Deployment} from '../api/kinds/deployment.js'
import type {DestinationRule} from '../api/kinds/destination-rule.js'
import type {Service} from '../api/kinds/service.js'
import type {AnswersOfClusters} from './expectation.js'

type Labels = Readonly<Record<string, string>>

export interface Workloads {
  readonly services: readonly Service[]
  readonly destinationRules: readonly DestinationRule[]
  readonly deployments: readonly Deployment[]
}

/** What the image answers with where it gets no arguments (its Dockerfile's CMD). */
const DEFAULT_PREFIX = 'hello'

/**
 * What each cluster's workloads answer, learned from the Deployments: an echo server begins every reply with its second argument.
 * By cluster name, for every port of every Service and for each subset its DestinationRules define.
 */
export function answersOfClusters({services, destinationRules, deployments}: Workloads): AnswersOfClusters {
  const answers: Record<string, readonly string[]> = {}
  for (const service of services) {
    const {name, namespace = 'default'} = service.metadata
    const host = `${name}.${namespace}.svc.cluster.local`
    const subsets = [{name: '', labels: {}}, ...subsetsOf(host, namespace, destinationRules)]
    for (const subset of subsets) {
      const found = prefixesOf(deployments, namespace, {...service.spec?.selector, ...subset.labels})
      for (const {port} of service.spec?.ports ?? []) answers[`outbound|${port}|${subset.name}|${host}`] = found
    }
  }
  return answers
}

function subsetsOf(host: string, namespace: string, rules: readonly DestinationRule[]): readonly {name: string; labels: Labels}[] {
  const isFor = ({spec, metadata}: DestinationRule) =>
    (spec.host.includes('.') ? spec.host : `${spec.host}.${metadata.namespace ?? namespace}.svc.cluster.local`) === host
  return rules.filter(isFor).flatMap(({spec}) => (spec.subsets ?? []).map(({name, labels}) => ({name, labels: labels ?? {}})))
}

function prefixesOf(deployments: readonly Deployment[], namespace: string, labels: Labels): readonly string[] {
  const isBehind = ({metadata, spec}: Deployment) =>
    metadata.namespace === namespace && Object.entries(labels).every(([key, value]) => spec.template.metadata?.labels?.[key] === value)
  return [...new Set(deployments.filter(isBehind).flatMap(prefixOf))]
}

function prefixOf({spec}: Deployment): readonly string[] {
  const echo = spec.template.spec?.containers.find(({image = ''}) => /(^|\/)tcp-echo-server(:|@|$)/.test(image))
  return echo === undefined ? [] : [echo.args?.[1] ?? DEFAULT_PREFIX]
}

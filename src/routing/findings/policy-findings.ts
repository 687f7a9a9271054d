import {memoizeByIdentity} from '../../base/memoize.js'
import {rememberEach} from '../../base/remember-each.js'
import type {BuiltCluster, ClusterOutcome} from '../clusters/clusters.js'
import type {MergedRule} from '../clusters/destination-rules.js'
import {neverEjects} from '../clusters/outlier-settings.js'
import {groupBy} from '../group-by.js'
import type {PortPolicy, TrafficPolicy} from '../objects/destination-rule.js'
import type {Proxy} from '../proxy.js'
import type {RoutingFinding} from '../routing.js'
import {ruleTitle} from './destination-findings.js'

/** What is written in the rules that hold for some cluster of a proxy and does nothing there, once for each rule. */
export const policyFindings = memoizeByIdentity((outcomes: readonly ClusterOutcome[], proxy: Proxy): readonly RoutingFinding[] => {
  const built = outcomes.filter((outcome): outcome is RuledCluster => outcome.type === 'cluster' && outcome.rule !== undefined)
  const byRule = groupBy(built, ({rule}) => ruleTitle(rule))
  return ruleFindings(proxy)([...byRule.values()].flatMap(([first, ...others]) => (first === undefined ? [] : [[first, ...others] as const]))).flat()
})

const ruleFindings = memoizeByIdentity((_: Proxy) => rememberEach((first: RuledCluster, ...others: readonly RuledCluster[]): readonly RoutingFinding[] => {
  const clusters = [first, ...others]
  const whole = [timeoutsWithoutEffect(first.rule), settingsNotApplied(clusters), hashWithoutEffect(first.rule), ...clusters.flatMap(clusterProblems)]
  return whole.flatMap((problem) => (problem === undefined ? [] : [{object: ruleTitle(first.rule), ...problem}]))
}))

type RuledCluster = BuiltCluster & {readonly rule: MergedRule}
type Problem = Omit<RoutingFinding, 'object'>

/** Localities need nodes in regions, and there is one machine here. */
function settingsNotApplied(clusters: readonly RuledCluster[]): Problem | undefined {
  if (!clusters.some(({policy}) => policy.loadBalancer?.localityLbSetting !== undefined)) return undefined
  return {code: 'policy-not-applied', level: 'info', message: 'not applied here, where all endpoints are in one locality: loadBalancer.localityLbSetting'}
}

/** Places of a rule where a policy can stand, with their paths. */
interface Place {
  readonly path: string
  readonly policy: PortPolicy
  readonly isTopLevel: boolean
}

function placesOf(rule: MergedRule): readonly Place[] {
  const subsets = [...rule.subsets.values()].flatMap(({name, trafficPolicy}) => placesIn(`subsets[${name}].trafficPolicy`, trafficPolicy))
  const [top, ...ports] = placesIn('trafficPolicy', rule.trafficPolicy)
  return [...(top === undefined ? [] : [{...top, isTopLevel: true}]), ...subsets, ...ports]
}

function placesIn(path: string, policy: TrafficPolicy | undefined): readonly Place[] {
  if (policy === undefined) return []
  const ports = (policy.portLevelSettings ?? []).map((settings): Place => {
    return {path: `${path}.portLevelSettings[${settings.port?.number}]`, policy: settings, isTopLevel: false}
  })
  return [{path, policy, isTopLevel: false}, ...ports]
}

/** Istio accepts these timeouts anywhere and reads them in one place only. */
function timeoutsWithoutEffect(rule: MergedRule): Problem | undefined {
  const paths = placesOf(rule).flatMap(({path, policy, isTopLevel}) => {
    const tcp = policy.connectionPool?.tcp
    const fields = (['idleTimeout', 'maxConnectionDuration'] as const).filter((field) => !isTopLevel && tcp?.[field] !== undefined)
    return fields.map((field) => `${path}.connectionPool.tcp.${field}`)
  })
  if (paths.length === 0) return undefined
  return {code: 'timeout-without-effect', level: 'warning', message: `only the top-level trafficPolicy sets TCP timeouts; no effect: ${paths.join(', ')}`}
}

/** Of a TCP connection nothing but its source can be hashed. */
function hashWithoutEffect(rule: MergedRule): Problem | undefined {
  const useless = placesOf(rule).filter(({policy}) => {
    const hash = policy.loadBalancer?.consistentHash
    return hash !== undefined && hash.useSourceIp !== true
  })
  if (useless.length === 0) return undefined
  const paths = useless.map(({path}) => `${path}.loadBalancer.consistentHash`).join(', ')
  return {code: 'hash-without-effect', level: 'warning', message: `TCP is hashed by useSourceIp only; endpoints are chosen at random: ${paths}`}
}

function clusterProblems(built: RuledCluster): readonly (Problem | undefined)[] {
  const {cluster} = built
  const name = cluster.subset === '' ? `port ${cluster.port} of ${cluster.host}` : `subset ${cluster.subset} of ${cluster.host}`
  return [ejectsNobody(built, name), unusableTls(built, name), withoutSidecar(built, name)]
}

function ejectsNobody({cluster: {outlierDetection, endpoints}}: RuledCluster, name: string): Problem | undefined {
  if (outlierDetection === undefined || endpoints.length === 0 || !neverEjects(outlierDetection, endpoints.length)) return undefined
  const reason = `1 of ${endpoints.length} is more than maxEjectionPercent ${outlierDetection.maxEjectionPercent}`
  return {code: 'outlier-detection-without-effect', level: 'warning', message: `no endpoint of ${name} is ever ejected: ${reason}`}
}

function unusableTls({cluster: {tls}}: RuledCluster, name: string): Problem | undefined {
  if (tls?.problem === undefined) return undefined
  return {code: 'client-tls-unusable', level: 'error', message: `TLS to ${name}: ${tls.problem}: connections fail (UF)`}
}

/** Pods take plain text here, with a sidecar or without. */
function withoutSidecar({policy, labels, service: {object}}: RuledCluster, name: string): Problem | undefined {
  if (policy.tls?.mode !== 'ISTIO_MUTUAL' || labels.every((of) => of?.[TLS_MODE] === 'istio')) return undefined
  const endpoint = `an endpoint of ${object.kind} ${object.metadata.name}`
  const message = `tls.mode ISTIO_MUTUAL for ${name}, where ${endpoint} has no sidecar: in a cluster connections to it would fail`
  return {code: 'istio-mutual-without-sidecar', level: 'info', message}
}

const TLS_MODE = 'security.istio.io/tlsMode'

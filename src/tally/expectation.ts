import {UserError} from '../base/user-error.js'
import type {TcpRoute, WeightedCluster} from '../routing/routing.js'

/** What share of the answers each subset should have. */
export interface Expectation {
  /** Where it comes from, for people: `--expect`, `VirtualService default/tcp-echo`. */
  readonly source: string
  /** At least one with a weight above 0; no answer belongs to two. */
  readonly shares: readonly ExpectedShare[]
}

export interface ExpectedShare {
  /** The subset's name; the answer itself where only that is known. */
  readonly name: string
  /** Answers that its workloads give. */
  readonly answers: readonly string[]
  /** Relative; 0 means that not one answer may come. */
  readonly weight: number
}

/** What the workloads behind a cluster answer, by cluster name. */
export type AnswersOfClusters = Readonly<Record<string, string | readonly string[]>>

const FORM = 'write answers and weights as one=80,two=20'

/** `one=80,two=20` (relative weights, `%` allowed) → expectation. Throws UserError with exit code 2. */
export function parseExpectation(text: string): Expectation {
  const shares = text.split(',').map((part) => parseShare(part.trim(), text))
  const names = shares.map(({name}) => name)
  const twice = names.find((name, i) => names.indexOf(name) !== i)
  if (twice !== undefined) throw usage(`the expectation names "${twice}" twice`, 'give every answer once')
  if (shares.every(({weight}) => weight === 0)) throw usage(`the weights in "${text}" are all 0`, 'give at least one answer a weight above 0')
  return {source: '--expect', shares}
}

function parseShare(part: string, text: string): ExpectedShare {
  const [, name, number] = /^(.+?)\s*=\s*(.*?)\s*%?$/.exec(part) ?? []
  if (text.trim() === '') throw usage('the expectation is empty', FORM)
  if (name === undefined || number === undefined) throw usage(`cannot read "${part}" as answer=weight`, FORM)
  const weight = number === '' ? Number.NaN : Number(number)
  if (!Number.isFinite(weight)) throw usage(`the weight "${number}" of "${name}" is not a number`, FORM)
  if (weight < 0) throw usage(`the weight ${number} of "${name}" is negative`, FORM)
  return {name, answers: [name], weight}
}

/**
 * The expectation that a compiled route makes, on top of what each cluster's workloads answer. Subsets of the same hosts that the route leaves
 * out are expected with weight 0, so that a stray answer is named. Clusters that answer alike are one share: nobody could tell them apart.
 * Throws UserError where the answer of a destination is not known.
 */
export function expectationFromRoute(route: TcpRoute, answersOf: AnswersOfClusters, source: string): Expectation {
  const routed = route.destinations.map((destination) => {
    return {name: nameOf(destination), answers: knownAnswers(destination, answersOf), weight: destination.weight}
  })
  const hosts = new Set(route.destinations.map(({cluster}) => parseCluster(cluster).host))
  const taken = new Set(routed.flatMap(({answers}) => answers))
  const idle = Object.entries(answersOf).flatMap(([cluster, given]) => {
    const {subset, host} = parseCluster(cluster)
    const answers = [given].flat().filter((answer) => !taken.has(answer))
    return hosts.has(host) && subset !== '' && answers.length > 0 ? [{name: subset, answers, weight: 0}] : []
  })
  return {source, shares: mergeAlike([...routed, ...idle])}
}

function knownAnswers(destination: WeightedCluster, answersOf: AnswersOfClusters): readonly string[] {
  const answers = [answersOf[envoyName(destination.cluster)] ?? []].flat()
  if (answers.length > 0) return answers
  throw new UserError(`cannot tell what ${destination.subset === '' ? '' : `subset "${destination.subset}" of `}${destination.host} answers`, {
    hint: 'say it yourself, for example --expect one=80,two=20',
  })
}

/** A cluster's key without the proxy it belongs to, `default/gateway/outbound|…`. */
function envoyName(cluster: string): string {
  const start = cluster.indexOf('outbound|')
  return start < 0 ? cluster : cluster.slice(start)
}

/** Envoy's names, `outbound|9000|v1|tcp-echo.default.svc.cluster.local`. */
function parseCluster(cluster: string): {readonly subset: string; readonly host: string} {
  const [, , subset = '', host = cluster] = cluster.split('|')
  return {subset, host}
}

/** What a destination is called: its subset, or its service's short name. */
export function nameOf({subset, host}: Pick<WeightedCluster, 'subset' | 'host'>): string {
  return subset === '' ? (host.split('.')[0] ?? host) : subset
}

function mergeAlike(shares: readonly ExpectedShare[]): readonly ExpectedShare[] {
  return shares.reduce<readonly ExpectedShare[]>((merged, share) => {
    const alike = merged.filter(({answers}) => answers.some((answer) => share.answers.includes(answer)))
    if (alike.length === 0) return [...merged, share]
    const union = [...alike, share]
    const one = {
      name: [...new Set(union.map(({name}) => name))].join('+'),
      answers: [...new Set(union.flatMap(({answers}) => answers))],
      weight: union.reduce((sum, {weight}) => sum + weight, 0),
    }
    return merged.flatMap((other) => (other === alike[0] ? [one] : alike.includes(other) ? [] : [other]))
  }, [])
}

function usage(message: string, hint: string): UserError {
  return new UserError(message, {hint, exitCode: 2})
}

import {UserError} from '../base/user-error.js'
import type {RouteDestination} from '../routing/objects/virtual-service.js'
import {isTcpRoute, routeOf, rulesOf, withRoute, type Rule, type Shiftable} from './route-rules.js'
import {spokenName} from './shifted-object.js'

/** The rule that is shifted, of a VirtualService or a TCPRoute, and the two destinations between which its traffic moves. */
export interface ShiftedRule {
  /** Index in `spec.tcp`; in `spec.rules` of a TCPRoute. */
  readonly rule: number
  readonly from: string
  readonly to: string
}

export interface RuleChoice {
  readonly from?: string | undefined
  readonly to: string
  /** The rule that matches this port, where several could be meant. */
  readonly port?: number | undefined
}

/** What a destination is called: its subset, or its host's first label where it has none. */
export function destinationName({destination = {}}: RouteDestination): string {
  const {subset = '', host = ''} = destination
  return subset === '' ? (host.split('.')[0] ?? host) : subset
}

/** The rule meant and where its traffic comes from: by default the destination with the largest weight. Throws a UserError (exit code 2). */
export function chooseRule(object: Shiftable, {from, to, port}: RuleChoice): ShiftedRule {
  const name = nameOf(object)
  const rules = rulesOf(object).flatMap((block, rule) => {
    const source = from ?? heaviest(block, to)
    const isMeant = block.route.some((destination) => destinationName(destination) === source) && (port === undefined || block.ports.includes(port))
    return source !== undefined && isMeant ? [{rule, from: source, to, block}] : []
  })
  const [only, ...more] = rules
  if (only === undefined)
    throw usage(
      `${name} has no tcp route ${from === undefined ? 'to shift' : `to "${from}"`}${port === undefined ? '' : ` on port ${port}`}`,
      known(object),
    )
  if (more.length > 0)
    throw usage(
      `${name} has ${rules.length} tcp routes that could be shifted`,
      `say which with --port ${rules.flatMap(({block}) => block.ports).join(' or ')}`,
    )
  if (only.from === to) throw usage(`traffic cannot be shifted from "${to}" to itself`, 'give another destination with --to')
  return {rule: only.rule, from: only.from, to}
}

/**
 * The object with `percent` of the pair's traffic on `to` and the rest on `from`; other destinations keep their share. A route with a
 * single destination becomes one with two, the new one like the old but for its subset (its host where there are no subsets).
 * Weights stay whole numbers, relative as Istio's are, and never add up to 0. Throws a UserError where neither of the pair has any traffic.
 */
export function setWeights<T extends Shiftable>(object: T, {rule, from, to}: ShiftedRule, percent: number): T {
  return withRoute(object, rule, shifted(withDestination(object, {rule, from, to}), {from, to}, percent))
}

/** Weights by destination as `get` would show them: a single destination has everything whatever it says. */
export function weightsOf(route: readonly RouteDestination[]): Readonly<Record<string, number>> {
  const [only] = route
  if (only !== undefined && route.length === 1) return {[destinationName(only)]: 100}
  return Object.fromEntries(route.map((destination) => [destinationName(destination), destination.weight ?? 0]))
}

/** How much of the pair's traffic goes to `to`, in percent. */
export function percentOn(route: readonly RouteDestination[], {from, to}: Pick<ShiftedRule, 'from' | 'to'>): number {
  const {[from]: old = 0, [to]: next = 0} = weightsOf(route)
  return old + next === 0 ? 0 : (100 * next) / (old + next)
}

function withDestination(object: Shiftable, {rule, from, to}: ShiftedRule): readonly RouteDestination[] {
  const route = routeOf(object, rule)
  if (route.some((destination) => destinationName(destination) === to)) return route
  const model = route.find((destination) => destinationName(destination) === from)
  if (model === undefined) throw usage(`there is no route to "${from}" any more`, 'somebody else changed it; look at it with get -o yaml')
  const {subset = '', host = ''} = model.destination ?? {}
  const namespace = isTcpRoute(object) ? host.slice(from.length) : '' // of a backend in another namespace
  const destination = subset === '' ? {...model.destination, host: `${to}${namespace}`} : {...model.destination, subset: to}
  const all = route.length === 1 ? [{...model, weight: 100}] : route
  return [...all, {...model, destination, weight: 0}]
}

function shifted(route: readonly RouteDestination[], {from, to}: {readonly from: string; readonly to: string}, percent: number): readonly RouteDestination[] {
  const isOfPair = (destination: RouteDestination) => [from, to].includes(destinationName(destination))
  const pair = sumOf(route.filter(isOfPair))
  const others = sumOf(route) - pair
  if (pair === 0 && others > 0) throw usage(`neither "${from}" nor "${to}" has any traffic`, 'give one of them a weight first')
  const next = Math.round(percent * PRECISION)
  const scale = pair === 0 ? 1 : pair
  const weightOf = (destination: RouteDestination) => {
    if (!isOfPair(destination)) return (destination.weight ?? 0) * 100 * PRECISION
    return scale * (destinationName(destination) === to ? next : 100 * PRECISION - next)
  }
  const weights = route.map(weightOf)
  const divisor = divisorOf(weights, sumOf(route))
  return route.map((destination, i) => ({...destination, weight: (weights[i] ?? 0) / divisor}))
}

/** Percentages have at most two digits after the point. */
const PRECISION = 100

/** Back to the sum the weights had (100, as a rule) where they stay whole numbers, and otherwise as small as they can be. */
function divisorOf(weights: readonly number[], oldSum: number): number {
  const sum = weights.reduce((total, weight) => total + weight, 0)
  const kept = sum / (oldSum === 0 ? 100 : oldSum)
  return weights.every((weight) => weight % kept === 0) ? kept : weights.reduce(greatestCommonDivisor)
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}

function sumOf(route: readonly RouteDestination[]): number {
  return route.reduce((sum, {weight = 0}) => sum + weight, 0)
}

function heaviest({route}: Rule, to: string): string | undefined {
  const [first] = route.filter((destination) => destinationName(destination) !== to).sort((a, b) => (b.weight ?? 0) - (a.weight ?? 0))
  return first === undefined ? undefined : destinationName(first)
}

function nameOf(object: Shiftable): string {
  return spokenName({virtualService: object.metadata.name, ...(isTcpRoute(object) && {kind: 'TCPRoute'})})
}

function known(object: Shiftable): string {
  const names = rulesOf(object).flatMap(({route}) => route.map(destinationName))
  return names.length === 0
    ? `shift moves the traffic of a tcp route; this ${isTcpRoute(object) ? 'TCPRoute' : 'virtual service'} has none`
    : `its tcp routes lead to ${[...new Set(names)].join(', ')}`
}

function usage(message: string, hint: string): UserError {
  return new UserError(message, {hint, exitCode: 2})
}

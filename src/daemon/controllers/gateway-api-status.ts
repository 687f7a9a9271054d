import {isIP} from 'node:net'
import {isDeepStrictEqual} from 'node:util'
import type {Condition} from '../../api/kinds/gateway-api/conditions.js'
import type {Pod} from '../../api/kinds/pod.js'
import {matches, selectorFromMap} from '../../api/labels.js'
import {objectKey, type KubeObject} from '../../api/object.js'
import {condition, type ConditionFact, type Problem} from '../../routing/gateway-api/condition.js'
import type {GatewayOutcome} from '../../routing/gateway-api/convert-gateway-api.js'
import {gatewayInstances, type GatewayInstances} from '../../routing/gateway-api/gateway-instances.js'
import type {RouteKind} from '../../routing/gateway-api/supported-kinds.js'
import type {K8sGateway} from '../../routing/objects/k8s-gateway.js'
import type {Action} from '../action.js'
import type {UnboundPort} from '../gateway/unbound-ports.js'
import type {World} from '../world.js'
import {withConditions, type ConditionMoment} from './gateway-api-conditions.js'

interface GatewayStatus {
  readonly addresses?: readonly {readonly type?: string; readonly value?: string}[]
  readonly conditions?: readonly Condition[]
  readonly listeners?: readonly ListenerStatus[]
}

interface ListenerStatus {
  readonly name: string
  readonly attachedRoutes: number
  readonly supportedKinds: readonly RouteKind[]
  readonly conditions: readonly Condition[]
}

interface StatusFacts {
  readonly nowMs: number
  readonly domain: string
  readonly unbound: readonly UnboundPort[]
}

/** The status of every Gateway of our classes, in Istio's words (istio reportGatewayStatus). */
export function planGatewayStatus(outcomes: readonly GatewayOutcome[], world: World, {nowMs, domain, unbound}: StatusFacts): readonly Action[] {
  return outcomes.flatMap((outcome): readonly Action[] => {
    const {gateway} = outcome
    const before = (gateway as K8sGateway & {readonly status?: GatewayStatus}).status ?? {}
    const moment = {generation: gateway.metadata.generation ?? 1, nowMs}
    const status = outcome.role === 'remote' ? remoteStatus(gateway, before, moment) : statusOf(outcome, before, {world, domain, moment, unbound: unbound.filter((port) => port.gateway === objectKey(gateway))})
    const object: K8sGateway & {status: GatewayStatus} = {...gateway, status}
    return isDeepStrictEqual(status, before) ? [] : [{type: 'status', object}]
  })
}

const ACCEPTED = {reason: 'Accepted', message: 'Resource accepted'}

function remoteStatus({spec}: K8sGateway, before: GatewayStatus, moment: ConditionMoment): GatewayStatus {
  const facts = [condition('Accepted', ACCEPTED), condition('Programmed', {reason: 'Programmed', message: 'This Gateway is remote; Istio will not program it'})]
  return {addresses: spec?.addresses ?? [], conditions: withConditions(before.conditions ?? [], facts, moment)}
}

interface StatusContext {
  readonly world: World
  readonly domain: string
  readonly moment: ConditionMoment
  /** Of this Gateway. */
  readonly unbound: readonly UnboundPort[]
}

function statusOf({gateway, services, problem, listeners}: GatewayOutcome, before: GatewayStatus, {world, domain, moment, unbound}: StatusContext): GatewayStatus {
  const servers = listeners.flatMap(({parent}) => parent?.listener.port ?? [])
  const namespace = gateway.metadata.namespace ?? 'default'
  const instances = withoutPorts(gatewayInstances({hosts: services, ports: [...new Set(servers)], namespace, domain}, world), unbound)
  const addresses = addressesOf(instances)
  const facts = [condition('Accepted', ACCEPTED, problem), programmed(services, instances, isStopped(services, namespace, world)), RESOLVED]
  return {
    ...before,
    // once reported, addresses stay until there are others
    ...(addresses.length > 0 && {addresses}),
    conditions: withConditions(before.conditions ?? [], facts, moment),
    listeners: listeners.map(({name, kinds, conditions, attachedRoutes, parent}) => {
      const old = before.listeners?.find((listener) => listener.name === name)
      const missing = unbound.find(({port}) => port === parent?.listener.port)
      const facts = missing === undefined ? conditions : conditions.map((fact) => withoutPort(fact, missing))
      return {name, attachedRoutes, supportedKinds: kinds, conditions: withConditions(old?.conditions ?? [], facts, moment)}
    }),
  }
}

/** A port that is not ours is no place where traffic comes in, whatever the Service says. */
function withoutPorts(instances: GatewayInstances, unbound: readonly UnboundPort[]): GatewayInstances {
  if (unbound.length === 0) return instances
  const internal = instances.internal.filter((place) => !unbound.some(({port}) => place.endsWith(`:${port}`)))
  return {...instances, internal, warnings: [...new Set([...instances.warnings, ...unbound.map(({problem}) => problem)])], isUsable: false}
}

/** What a listener is whose port another process has (Gateway API ListenerReasonPortUnavailable). */
function withoutPort(fact: ConditionFact, {problem}: UnboundPort): ConditionFact {
  if (fact.status === 'False') return fact
  if (fact.type === 'Accepted') return {type: fact.type, status: 'False', reason: 'PortUnavailable', message: problem}
  return fact.type === 'Programmed' ? {type: fact.type, status: 'False', reason: 'Invalid', message: problem} : fact
}

const RESOLVED: ConditionFact = condition('ResolvedRefs', {reason: 'ResolvedRefs', message: 'All references resolved'})

function addressesOf({external, internal, pending}: GatewayInstances): NonNullable<GatewayStatus['addresses']> {
  const hosts = [...new Set(internal.map((place) => place.slice(0, place.lastIndexOf(':'))))]
  const values = external.length > 0 ? external : hosts.filter((host) => !pending.includes(host))
  return values.map((value) => ({type: isIP(value) === 0 ? 'Hostname' : 'IPAddress', value}))
}

/** True when traffic can come in; else what is missing (istio SetProgrammedCondition). */
function programmed(services: readonly string[], instances: GatewayInstances, isGatewayStopped: boolean): ConditionFact {
  const {internal, warnings} = instances
  const message = internal.length > 0 ? `Resource programmed, assigned to service(s) ${inWords(internal)}` : 'Resource programmed'
  return condition('Programmed', {reason: 'Programmed', message}, unprogrammed(services, instances, isGatewayStopped && warnings.length > 0))
}

function unprogrammed(services: readonly string[], {internal, warnings, isUsable}: GatewayInstances, isGatewayStopped: boolean): Problem | undefined {
  if (services.length === 0) return {reason: 'UnsupportedAddress', message: 'Failed to assign to any requested addresses'}
  if (warnings.length === 0) return undefined
  const missing = warnings.join('; ')
  if (isGatewayStopped && isUsable) {
    const remedy = "the gateway is not running; start it with 'tshift gateway start'"
    return {reason: 'Pending', message: `Failed to assign to any requested addresses: ${missing} (${remedy})`}
  }
  const reason = isUsable ? 'AddressNotAssigned' : 'AddressNotUsable'
  if (internal.length === 0) return {reason, message: `Failed to assign to any requested addresses: ${missing}`}
  return {reason, message: `Assigned to service(s) ${inWords(internal)}, but failed to assign to all requested addresses: ${missing}`}
}

/** Whether pods of the Gateway's Services wait for the gateway process. */
function isStopped(services: readonly string[], namespace: string, {services: all, pods}: World): boolean {
  const isNamed = ({metadata}: KubeObject) => metadata.namespace === namespace && services.some((host) => host.startsWith(`${metadata.name}.${namespace}.`))
  const selectors = all.filter(isNamed).flatMap(({spec}) => (spec.selector === undefined ? [] : [selectorFromMap(spec.selector)]))
  const own = pods.filter(({metadata}) => metadata.namespace === namespace && selectors.some((selector) => matches(selector, metadata.labels ?? {})))
  return own.length > 0 && own.every(isUnscheduled)
}

function isUnscheduled({status}: Pod): boolean {
  return status?.conditions?.some(({type, status: state}) => type === 'PodScheduled' && state === 'False') ?? false
}

function inWords(texts: readonly string[]): string {
  const last = texts.at(-1) ?? ''
  if (texts.length < 3) return texts.join(' and ')
  return `${texts.slice(0, -1).join(', ')}, and ${last}`
}

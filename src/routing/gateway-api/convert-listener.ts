import type {KubeObject} from '../../api/object.js'
import {keyOf, namespaceOf} from '../naming.js'
import type {K8sGateway, K8sListener} from '../objects/k8s-gateway.js'
import {condition, type ConditionFact, type Problem} from './condition.js'
import {listenerHosts} from './listener-hosts.js'
import type {ConflictReason} from './listener-conflicts.js'
import {listenerTls, type TlsContext} from './listener-tls.js'
import {GENERATED, type ConvertedGateway} from './origin.js'
import {supportedKinds, type RouteKind} from './supported-kinds.js'

/** A listener as routes see it: what they may attach to. */
export interface Parent {
  /** `namespace/name` of the Istio Gateway. */
  readonly gatewayKey: string
  readonly listener: K8sListener
  /** `namespace/host`. */
  readonly hosts: readonly string[]
  readonly kinds: readonly RouteKind[]
}

export interface ConvertedListener {
  readonly name: string
  readonly kinds: readonly RouteKind[]
  readonly conditions: readonly ConditionFact[]
  /** Absent where the listener lost its place to another: no route attaches then. */
  readonly parent?: Parent
  /** Absent where nothing can be programmed: routes attach all the same. */
  readonly gateway?: ConvertedGateway
}

export interface ListenerContext extends Omit<TlsContext, 'namespace'> {
  readonly owner: K8sGateway
  readonly namespaces: readonly KubeObject[]
  /** Host names of the Services in front of the gateway. */
  readonly services: readonly string[]
  readonly conflict: ConflictReason | undefined
}

/** A listener as an Istio Gateway with one server, and its conditions (istio buildListener, ReportListenerConflict). */
export function convertListener(listener: K8sListener, place: number, context: ListenerContext): ConvertedListener {
  const {kinds, areValid} = supportedKinds(listener)
  const kindsProblem = areValid ? undefined : {reason: 'InvalidRouteKinds', message: 'Invalid route kinds'}
  const {name} = listener
  if (context.conflict !== undefined) return {name, kinds, conditions: conflictConditions(context.conflict, kindsProblem)}

  const namespace = namespaceOf(context.owner)
  const {tls, problem: tlsProblem, refusal} = listenerTls(listener, {...context, namespace})
  const protocolProblem = unsupportedProtocol(listener.protocol)
  const hosts = listenerHosts(listener, namespace, context.namespaces)
  const server = {port: {number: listener.port, name, protocol: listener.protocol}, hosts, ...(tls && {tls})}
  const gateway = gatewayOf(listener, place, context)
  return {
    name,
    kinds,
    conditions: listenerConditions({refusal: protocolProblem ?? refusal, tlsProblem, kindsProblem}),
    parent: {gatewayKey: keyOf(gateway), listener, hosts, kinds},
    ...(tlsProblem === undefined && protocolProblem === undefined && {gateway: {...gateway, spec: {servers: [server]}}}),
  }
}

function gatewayOf({name}: K8sListener, listener: number, {owner, services}: ListenerContext): ConvertedGateway {
  const namespace = namespaceOf(owner)
  const {creationTimestamp} = owner.metadata
  return {
    apiVersion: 'networking.istio.io/v1',
    kind: 'Gateway',
    metadata: {
      name: `${owner.metadata.name}~${GENERATED}~${name}`,
      namespace,
      annotations: {
        'internal.istio.io/gateway-service': services.join(','),
        'internal.istio.io/parents': `Gateway/${owner.metadata.name}/${name}.${namespace}`,
      },
      ...(creationTimestamp !== undefined && {creationTimestamp}),
    },
    origin: {kind: 'Gateway', namespace, name: owner.metadata.name, listener},
  }
}

const SUPPORTED_PROTOCOLS = ['HTTP', 'HTTPS', 'TLS', 'TCP']

/** Case counts, unlike in an Istio Gateway (listenerProtocolToIstio). */
function unsupportedProtocol(protocol: string): Problem | undefined {
  if (SUPPORTED_PROTOCOLS.includes(protocol)) return undefined
  if (protocol === 'HBONE') return {reason: 'UnsupportedProtocol', message: 'protocol "HBONE" is only supported for waypoint proxies'}
  const upper = protocol.toUpperCase()
  const hint = SUPPORTED_PROTOCOLS.includes(upper) ? `. hint: "${upper}" (uppercase) may be supported` : ''
  return {reason: 'UnsupportedProtocol', message: `protocol "${protocol}" is unsupported${hint}`}
}

const FINE = 'No errors found'

interface ListenerProblems {
  readonly refusal: Problem | undefined
  readonly tlsProblem: Problem | undefined
  readonly kindsProblem: Problem | undefined
}

function listenerConditions({refusal, tlsProblem, kindsProblem}: ListenerProblems): readonly ConditionFact[] {
  const programmed = tlsProblem && {reason: 'Invalid', message: 'Bad TLS configuration'}
  return [
    condition('Accepted', {reason: 'Accepted', message: FINE}, refusal),
    {type: 'Conflicted', status: 'False', reason: 'NoConflicts', message: FINE},
    condition('Programmed', {reason: 'Programmed', message: FINE}, programmed),
    condition('ResolvedRefs', {reason: 'ResolvedRefs', message: FINE}, kindsProblem ?? tlsProblem),
  ]
}

function conflictConditions(reason: ConflictReason, kindsProblem: Problem | undefined): readonly ConditionFact[] {
  const message = 'Listener has a conflict with another listener attached to the same Gateway'
  return [
    {type: 'Accepted', status: 'False', reason, message},
    {type: 'Conflicted', status: 'True', reason, message},
    {type: 'Programmed', status: 'False', reason, message},
    ...(kindsProblem === undefined ? [] : [{type: 'ResolvedRefs', status: 'False' as const, ...kindsProblem}]),
  ]
}

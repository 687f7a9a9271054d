import type {BackendRef, L4Route} from '../routing/objects/l4-route.js'
import type {RouteDestination, VirtualService} from '../routing/objects/virtual-service.js'

/** An object with weights: what is shifted is a rule of it, a `tcp` block or one of a TCPRoute's rules. */
export type Shiftable = VirtualService | L4Route

export interface Rule {
  /** A backend of a TCPRoute as a destination: its host is the Service's name, followed by its namespace where that is another. */
  readonly route: readonly RouteDestination[]
  /** Gateway ports it is limited to. */
  readonly ports: readonly number[]
}

export function isTcpRoute(object: Shiftable): object is L4Route {
  return object.kind === 'TCPRoute'
}

/** The rules of an object, in order. */
export function rulesOf(object: Shiftable): readonly Rule[] {
  if (isTcpRoute(object)) return (object.spec?.rules ?? []).map(({backendRefs = []}) => ({route: backendRefs.map(toDestination), ports: []}))
  return (object.spec?.tcp ?? []).map(({route = [], match = []}) => ({route, ports: match.flatMap(({port}) => port ?? [])}))
}

/** The destinations of a rule. */
export function routeOf(object: Shiftable, rule: number): readonly RouteDestination[] {
  return rulesOf(object)[rule]?.route ?? []
}

/** The object with other destinations in one rule. What a backend has beside its name, port and weight stays; a new one is like the first. */
export function withRoute<T extends Shiftable>(object: T, rule: number, route: readonly RouteDestination[]): T {
  if (isTcpRoute(object)) {
    const rules = (object.spec?.rules ?? []).map((old, i) => (i === rule ? {...old, backendRefs: backendsOf(route, old.backendRefs ?? [])} : old))
    return {...object, spec: {...object.spec, rules}}
  }
  const tcp = ((object as VirtualService).spec?.tcp ?? []).map((block, i) => (i === rule ? {...block, route} : block))
  return {...object, spec: {...object.spec, tcp}}
}

/** A destination as a backend of a TCPRoute is written. */
export function toBackend({destination = {}, weight}: RouteDestination): BackendRef {
  const [name = '', ...namespace] = (destination.host ?? '').split('.')
  const port = destination.port?.number
  return {name, ...(namespace.length > 0 && {namespace: namespace.join('.')}), ...(port !== undefined && {port}), ...(weight !== undefined && {weight})}
}

function toDestination({name, namespace, port, weight = 1}: BackendRef): RouteDestination {
  const host = namespace === undefined ? name : `${name}.${namespace}`
  return {destination: {host, ...(port !== undefined && {port: {number: port}})}, weight}
}

function backendsOf(route: readonly RouteDestination[], old: readonly BackendRef[]): readonly BackendRef[] {
  const [model] = old
  return route.map((destination) => {
    const known = old.find((ref) => toDestination(ref).destination?.host === destination.destination?.host)
    const {group, kind} = known ?? model ?? {}
    return {...known, ...(group !== undefined && {group}), ...(kind !== undefined && {kind}), ...toBackend(destination)}
  })
}

import {groupBy} from '../group-by.js'
import {toFullHost} from '../host.js'
import {keyOf, namespaceOf} from '../naming.js'
import type {Proxy} from '../proxy.js'
import {rememberBy} from '../remember.js'
import type {RoutingFinding} from '../routing.js'
import type {Snapshot} from '../snapshot.js'
import {convertK8sGateway, type ConvertedK8sGateway} from './convert-k8s-gateway.js'
import type {ConvertedListener, Parent} from './convert-listener.js'
import {convertRoute, type ConvertedRoutes} from './convert-route.js'
import {classRole, isManaged} from './gateway-class.js'
import {boundToIngress, managedProxy, type ManagedProxy} from './gateway-proxies.js'
import type {ConvertedGateway, ConvertedRoute} from './origin.js'
import {indexReferenceGrants, type ReferenceGrants} from './reference-grants.js'
import {routeFindings} from './route-findings.js'
import {sharedPorts} from './shared-ports.js'

/** The Gateway API's objects in Istio's terms. Nothing of it is ever stored. */
export interface GatewayApiConversion {
  /**
   * Managed gateways, the oldest first: `compile` each `proxy` with its `gateways` (and the Istio Gateways that select it). Each listener is at the proxy's
   * own `address`; those whose port is in `sharedPorts` are at `0.0.0.0`, too.
   */
  readonly proxies: readonly ManagedProxy[]
  /** Those bound to Services in front of the ingress gateway: they are servers of the ingress like those of Istio Gateways. */
  readonly ingressGateways: readonly ConvertedGateway[]
  /** For every proxy: each names the Gateway it is bound to, or `mesh`. */
  readonly virtualServices: readonly ConvertedRoute[]
  /** What statuses say, also of what could not be converted. */
  readonly gateways: readonly GatewayOutcome[]
  readonly tcpRoutes: readonly ConvertedRoutes[]
  readonly tlsRoutes: readonly ConvertedRoutes[]
  readonly findings: readonly RoutingFinding[]
}

export interface GatewayOutcome extends ConvertedK8sGateway {
  readonly listeners: readonly (ConvertedListener & {readonly attachedRoutes: number})[]
  /** A managed one: the ports it also has at the shared address. */
  readonly sharedPorts: ReadonlySet<number>
}

const FIELDS = ['k8sGateways', 'gatewayClasses', 'tcpRoutes', 'tlsRoutes', 'referenceGrants', 'namespaces', 'gateways', 'services', 'serviceEntries', 'pods', 'credentials'] as const
type ConvertedSnapshot = Pick<Snapshot, (typeof FIELDS)[number]>

/**
 * Converts all Gateways of Istio's classes and the routes attached to them, by the rules of istio pilot/pkg/config/kube/gateway; `ingress` is the
 * ingress gateway's proxy. Gateways of other controllers are ignored, and so are routes as far as they refer to them. Pure and total.
 */
export const convertGatewayApi = rememberBy(FIELDS, (snapshot, ingress: Proxy): GatewayApiConversion => {
  const {k8sGateways = [], gatewayClasses = [], tcpRoutes = [], tlsRoutes = []} = snapshot
  if (k8sGateways.length === 0 && tcpRoutes.length === 0 && tlsRoutes.length === 0) return NOTHING
  const grants = indexReferenceGrants(snapshot.referenceGrants ?? [])
  const owned = k8sGateways.flatMap((gateway) => {
    const role = classRole(gateway, gatewayClasses)
    return role === undefined ? [] : [convertK8sGateway(gateway, role, {snapshot, grants, domain: ingress.domain})]
  })
  const routes = convertRoutes(snapshot, {owned, grants, domain: ingress.domain})
  const all = [...routes.tcp, ...routes.tls]
  const bound = owned.flatMap((outcome) => boundToIngress(outcome, snapshot.services, ingress))
  const managed = owned.filter(({gateway, role}) => role === 'programmed' && isManaged(gateway))
  const shares = sharedPorts(snapshot, ingress, {managed: managed.map(({gateway}) => gateway), bound})
  const withShares = owned.map((outcome) => ({...outcome, sharedPorts: shares.get(keyOf(outcome.gateway)) ?? NO_PORTS}))
  return {
    proxies: [...shares.keys()].flatMap((key) => managedProxy(withShares.find(({gateway}) => keyOf(gateway) === key), snapshot.services, ingress)),
    ingressGateways: bound,
    virtualServices: all.flatMap(({virtualServices}) => virtualServices),
    gateways: countAttached(withShares, all),
    tcpRoutes: routes.tcp,
    tlsRoutes: routes.tls,
    findings: all.flatMap(routeFindings),
  }
})

const NO_PORTS: ReadonlySet<number> = new Set()
const NOTHING: GatewayApiConversion = {proxies: [], ingressGateways: [], virtualServices: [], gateways: [], tcpRoutes: [], tlsRoutes: [], findings: []}

interface RouteInputs {
  readonly owned: readonly ConvertedK8sGateway[]
  readonly grants: ReferenceGrants
  readonly domain: string
}

function convertRoutes(snapshot: ConvertedSnapshot, {owned, grants, domain}: RouteInputs): {tcp: readonly ConvertedRoutes[]; tls: readonly ConvertedRoutes[]} {
  const parents = new Map(owned.map(({gateway, listeners}) => [keyOf(gateway), listeners.flatMap(({parent}) => parent ?? [])]))
  const context = {grants, domain, parents, knownHosts: knownHosts(snapshot, domain)}
  return {
    tcp: (snapshot.tcpRoutes ?? []).map((route) => convertRoute('TCPRoute', route, context)),
    tls: (snapshot.tlsRoutes ?? []).map((route) => convertRoute('TLSRoute', route, context)),
  }
}

function knownHosts({services, serviceEntries = []}: ConvertedSnapshot, domain: string): ReadonlySet<string> {
  const own = services.map((service) => toFullHost(service.metadata.name, namespaceOf(service), domain))
  return new Set([...own, ...serviceEntries.flatMap(({spec}) => spec?.hosts ?? [])])
}

type Shared = ConvertedK8sGateway & Pick<GatewayOutcome, 'sharedPorts'>

function countAttached(owned: readonly Shared[], routes: readonly ConvertedRoutes[]): readonly GatewayOutcome[] {
  const attached = groupBy(
    routes.flatMap((route) => [...new Set(route.attached)]),
    (parent: Parent) => parent,
  )
  const count = ({parent}: ConvertedListener) => (parent === undefined ? 0 : (attached.get(parent)?.length ?? 0))
  const counted = (listener: ConvertedListener) => ({...listener, attachedRoutes: count(listener)})
  return owned.map((outcome) => ({...outcome, listeners: outcome.listeners.map(counted)}))
}

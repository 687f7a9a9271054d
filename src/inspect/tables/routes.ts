import type {Json} from '../../api/object.js'
import {at, listAt, textAt, textsAt} from '../envoy/reading.js'
import {describeMatch} from './listeners.js'

const VERBOSE = ['NAME', 'VHOST NAME', 'DOMAINS', 'MATCH', 'VIRTUAL SERVICE']
const BRIEF = ['NAME', 'VIRTUAL HOSTS']
const SERVICE_PATH = /^\/apis\/networking(?:\.istio\.io)?\/v[^/]+\/namespaces\/([^/]+)\/virtual-service\/([^/]+)$/

/** `istioctl proxy-config routes`: HTTP routes only; those of TCP are in the listeners. Source: istioctl writer/envoy/configdump/route.go. */
export function routeTable(
  routes: readonly Json[],
  {verbose, named = false}: {readonly verbose: boolean; readonly named?: boolean},
): readonly (readonly string[])[] {
  const nameOf = (route: Json) => `${named ? 'route/' : ''}${textAt(route, 'name')}`
  if (!verbose) return [BRIEF, ...routes.map((route) => [nameOf(route), String(listAt(route, 'virtualHosts').length)])]
  return [VERBOSE, ...routes.flatMap((route) => listAt(route, 'virtualHosts').flatMap((host) => rowsOf(host).map((row) => [nameOf(route), ...row])))]
}

/** A host without routes answers 404 to everything. */
function rowsOf(host: Json): readonly string[][] {
  const place = [textAt(host, 'name'), textsAt(host, 'domains').join(', ')]
  const routes = listAt(host, 'routes')
  if (routes.length === 0) return [[...place, '/*', '404']]
  return routes.map((route) => [...place, describeMatch(at(route, 'match')), serviceOf(route)])
}

function serviceOf(route: Json): string {
  const path = at(route, 'metadata', 'filterMetadata', 'istio', 'config')
  const [, namespace, name] = SERVICE_PATH.exec(typeof path === 'string' ? path : '') ?? []
  return name === undefined ? '' : `${name}.${namespace}`
}

import type {Cluster, FilterChain, Listener, Routing, ServerTls} from '../../src/routing/routing.js'

/** A Routing as compact text: every field, one line for each thing. */
export function printRouting({listeners, clusters, findings}: Routing): string {
  const lines = [
    ...listeners.flatMap(printListener),
    ...Object.values(clusters).flatMap(printCluster),
    ...findings.map(({level, code, object, message}) => `${level} ${code} (${object}) ${message}`),
  ]
  return lines.map((line) => `${line}\n`).join('')
}

function printListener({name, bind, port, aliases, scope, chains}: Listener): string[] {
  const head = `listener ${name} bind ${bind} port ${port}${aliases.length > 0 ? ` aliases ${aliases.join(',')}` : ''}${scope === undefined ? '' : ` ${scope}`}`
  return [head, ...chains.flatMap(printChain)]
}

function printChain({gateway, source, match, tls, route}: FilterChain): string[] {
  const {statPrefix, destinations, idleTimeoutMs, maxConnectionDurationMs} = route
  const {kind = 'VirtualService', block = kind === 'VirtualService' ? 'tcp' : 'rules'} = source ?? {}
  return [
    `  Gateway ${gateway.namespace}/${gateway.name} servers[${gateway.server}] port ${gateway.port}`,
    ...(match === undefined ? [] : [`  for ${Object.entries(match).map(([field, values]) => `${field} ${(values as readonly string[]).join(',')}`).join(', ')}`]),
    ...(tls === undefined ? [] : [`  TLS ${printTls(tls)}`]),
    ...(source === undefined ? [] : [`  ${kind} ${source.namespace}/${source.name} ${block}[${source.rule}]`]),
    `  as ${statPrefix}, idle ${idleTimeoutMs} ms, duration ${maxConnectionDurationMs} ms`,
    ...destinations.map(({weight, cluster, host, subset}) => `    ${weight} ${cluster} (${host}${subset === '' ? '' : ` ${subset}`})`),
  ]
}

/** PEM texts are short words in tests. */
function printTls({mode, certificates, ...rest}: ServerTls): string {
  const others = Object.entries(rest).map(([field, value]) => ` ${field} ${String(value)}`)
  return `${mode} certificates [${certificates.map(({certificate}) => certificate).join(', ')}]${others.join('')}`
}

function printCluster({name, host, port, subset, endpoints, loadBalancer, connectTimeoutMs, maxConnections}: Cluster): string[] {
  const expected = `outbound|${port}|${subset}|${host}`
  if (name !== expected) throw new Error(`cluster ${name} should be named ${expected}`)
  return [
    `cluster ${name} ${loadBalancer} connect ${connectTimeoutMs} ms, connections ${maxConnections}`,
    ...endpoints.map((endpoint) => `    ${endpoint.address}:${endpoint.port}${endpoint.pod === undefined ? '' : ` ${endpoint.pod}`}`),
  ]
}

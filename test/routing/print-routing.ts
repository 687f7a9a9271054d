import type {Cluster, FilterChain, Listener, Routing} from '../../src/routing/routing.js'

/** A Routing as compact text: every field, one line for each thing. */
export function printRouting({listeners, clusters, findings}: Routing): string {
  const lines = [
    ...listeners.flatMap(printListener),
    ...Object.values(clusters).flatMap(printCluster),
    ...findings.map(({level, code, object, message}) => `${level} ${code} (${object}) ${message}`),
  ]
  return lines.map((line) => `${line}\n`).join('')
}

function printListener({name, bind, port, aliases, chains}: Listener): string[] {
  return [`listener ${name} bind ${bind} port ${port}${aliases.length > 0 ? ` aliases ${aliases.join(',')}` : ''}`, ...chains.flatMap(printChain)]
}

function printChain({gateway, source, route}: FilterChain): string[] {
  const {statPrefix, destinations, idleTimeoutMs, maxConnectionDurationMs} = route
  return [
    `  Gateway ${gateway.namespace}/${gateway.name} servers[${gateway.server}] port ${gateway.port}`,
    `  VirtualService ${source.namespace}/${source.name} tcp[${source.rule}]`,
    `  as ${statPrefix}, idle ${idleTimeoutMs} ms, duration ${maxConnectionDurationMs} ms`,
    ...destinations.map(({weight, cluster, host, subset}) => `    ${weight} ${cluster} (${host}${subset === '' ? '' : ` ${subset}`})`),
  ]
}

function printCluster({name, host, port, subset, endpoints, loadBalancer, connectTimeoutMs, maxConnections}: Cluster): string[] {
  const expected = `outbound|${port}|${subset}|${host}`
  if (name !== expected) throw new Error(`cluster ${name} should be named ${expected}`)
  return [
    `cluster ${name} ${loadBalancer} connect ${connectTimeoutMs} ms, connections ${maxConnections}`,
    ...endpoints.map((endpoint) => `    ${endpoint.address}:${endpoint.port}${endpoint.pod === undefined ? '' : ` ${endpoint.pod}`}`),
  ]
}

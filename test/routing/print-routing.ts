import type {Cluster, Endpoint, FilterChain, Listener, Routing, ServerTls} from '../../src/routing/routing.js'

/** A Routing as compact text: every field, one line for each thing. */
export function printRouting({listeners, clusters, findings}: Routing): string {
  const lines = [
    ...listeners.flatMap(printListener),
    ...Object.entries(clusters).flatMap(([key, cluster]) => printCluster(key, cluster)),
    ...findings.map(({level, code, object, message}) => `${level} ${code} (${object}) ${message}`),
  ]
  return lines.map((line) => `${line}\n`).join('')
}

function printListener({name, bind, port, aliases, expectsProxyHeader, scope, chains}: Listener): string[] {
  const more = [...(aliases.length > 0 ? [`aliases ${aliases.join(',')}`] : []), ...(expectsProxyHeader === true ? ['expects PROXY'] : []), ...(scope === undefined ? [] : [scope])]
  const head = [`listener ${name} bind ${bind} port ${port}`, ...more].join(' ')
  return [head, ...chains.flatMap(printChain)]
}

function printChain({gateway, source, match, tls, route}: FilterChain): string[] {
  const {statPrefix, destinations, idleTimeoutMs, maxConnectionDurationMs, ...others} = route
  const {kind = 'VirtualService', block = kind === 'VirtualService' ? 'tcp' : 'rules'} = source ?? {}
  return [
    `  Gateway ${gateway.namespace}/${gateway.name} servers[${gateway.server}] port ${gateway.port}`,
    ...(match === undefined ? [] : [`  for ${Object.entries(match).map(([field, values]) => `${field} ${(values as readonly string[]).join(',')}`).join(', ')}`]),
    ...(tls === undefined ? [] : [`  TLS ${printTls(tls)}`]),
    ...(source === undefined ? [] : [`  ${kind} ${source.namespace}/${source.name} ${block}[${source.rule}]`]),
    `  as ${statPrefix}, idle ${idleTimeoutMs} ms, duration ${maxConnectionDurationMs} ms`,
    ...printFields(others).map((line) => `  ${line}`),
    ...destinations.map(({weight, cluster, host, subset}) => `    ${weight} ${cluster} (${host}${subset === '' ? '' : ` ${subset}`})`),
  ]
}

/** PEM texts are short words in tests. */
function printTls({mode, certificates, ...rest}: ServerTls): string {
  const others = Object.entries(rest).map(([field, value]) => ` ${field} ${typeof value === 'object' && !Array.isArray(value) ? JSON.stringify(value) : String(value)}`)
  return `${mode} certificates [${certificates.map(({certificate}) => certificate).join(', ')}]${others.join('')}`
}

function printCluster(key: string, {name, host, port, subset, endpoints, loadBalancer, connectTimeoutMs, maxConnections, ...others}: Cluster): string[] {
  const expected = name.includes('|') ? `outbound|${port}|${subset}|${host}` : `outbound_.${port}_.${subset}_.${host}`
  if (name !== expected) throw new Error(`cluster ${name} should be named ${expected}`)
  return [
    `cluster ${key} ${loadBalancer} connect ${connectTimeoutMs} ms, connections ${maxConnections}`,
    ...printFields(others),
    ...endpoints.map(printEndpoint),
  ]
}

function printEndpoint({address, port, pod, weight, hostname}: Endpoint): string {
  const about = [pod, hostname === undefined ? undefined : `for ${hostname}`, weight === undefined ? undefined : `weight ${weight}`]
  return [`    ${address}:${port}`, ...about.filter((text) => text !== undefined)].join(' ')
}

/** What few clusters and routes have: one line for each. */
function printFields(fields: object): string[] {
  return Object.entries(fields).map(([field, value]) => `  ${field} ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`)
}

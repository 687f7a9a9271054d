/** Manifests of the scenarios, as short as their point allows. */

/** A namespace, which has to come before what is in it. */
export function namespace(name: string): string {
  return document('v1', 'Namespace', name, undefined, '')
}

/** A Service on port 3000 with one pod behind it. */
export function backend(name: string, inNamespace = 'default'): string {
  const labels = `{app: ${name}}`
  return (
    document('v1', 'Service', name, inNamespace, `spec: {selector: ${labels}, ports: [{name: tcp, port: 3000}]}`) +
    document('apps/v1', 'Deployment', name, inNamespace, `spec: {selector: {matchLabels: ${labels}}, template: {metadata: {labels: ${labels}}, spec: {containers: [{name: echo, image: tcp-echo-server}]}}}`)
  )
}

export function gateway(name: string, ...listeners: readonly string[]): string {
  return gatewayWith(name, `gatewayClassName: istio, listeners: [${listeners.join(', ')}]`)
}

export function gatewayWith(name: string, spec: string): string {
  return document('gateway.networking.k8s.io/v1', 'Gateway', name, 'default', `spec: {${spec}}`)
}

export function tcpListener(name: string, port: number, more = ''): string {
  return `{name: ${name}, protocol: TCP, port: ${port}${more}}`
}

export function tlsListener(name: string, port: number, {hostname, mode = 'Passthrough', more = ''}: {hostname?: string; mode?: string; more?: string} = {}): string {
  const certificate = mode === 'Terminate' ? ', certificateRefs: [{name: certificate}]' : ''
  return `{name: ${name}, protocol: TLS, port: ${port}${hostname === undefined ? '' : `, hostname: "${hostname}"`}, tls: {mode: ${mode}${certificate}}${more}}`
}

export interface RouteOptions {
  readonly namespace?: string
  readonly hostnames?: readonly string[]
  /** A version that samples still use. */
  readonly version?: string
}

/** `parents` and `backends` are flow mappings without their braces: `name: gateway, port: 9300`. */
export function tcpRoute(name: string, parents: readonly string[], backends: readonly string[], {namespace: place = 'default', version = 'v1'}: RouteOptions = {}): string {
  return document(`gateway.networking.k8s.io/${version}`, 'TCPRoute', name, place, `spec: {parentRefs: ${flow(parents)}, rules: [{backendRefs: ${flow(backends)}}]}`)
}

export function tlsRoute(name: string, parents: readonly string[], backends: readonly string[], {namespace: place = 'default', hostnames = [], version = 'v1'}: RouteOptions = {}): string {
  const spec = `spec: {parentRefs: ${flow(parents)}, hostnames: ${JSON.stringify(hostnames)}, rules: [{backendRefs: ${flow(backends)}}]}`
  return document(`gateway.networking.k8s.io/${version}`, 'TLSRoute', name, place, spec)
}

/** Lets routes of a kind in one namespace refer to a Service of another. */
export function grant(inNamespace: string, {kind, from, service}: {kind: string; from: string; service?: string}): string {
  const to = service === undefined ? '{group: "", kind: Service}' : `{group: "", kind: Service, name: ${service}}`
  const spec = `spec: {from: [{group: gateway.networking.k8s.io, kind: ${kind}, namespace: ${from}}], to: [${to}]}`
  return document('gateway.networking.k8s.io/v1beta1', 'ReferenceGrant', 'grant', inNamespace, spec)
}

function flow(mappings: readonly string[]): string {
  return `[${mappings.map((mapping) => `{${mapping}}`).join(', ')}]`
}

function document(apiVersion: string, kind: string, name: string, place: string | undefined, rest: string): string {
  return `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: ${name}${place === undefined ? '' : `, namespace: ${place}`}}\n${rest}\n---\n`
}

// A world of `size` VirtualServices, each 80/20 over two subsets of its own Service with ten pods, as it is after its pods have started.

const NAMESPACES = 20
export const FIRST_PORT = 20_000

const namespaceOf = (i) => `ns-${i % NAMESPACES}`
const octets = (i) => `${i >> 8}.${i & 255}`

/** The objects, in the order in which they would be created. `shape`: each VirtualService has a `port` of its own, or all share one and differ by `sni`. */
export function largeWorld(size, shape) {
  const indexes = Array.from({length: size}, (_, i) => i)
  const servers = shape === 'sni' ? [sniServer()] : indexes.map((i) => ({port: {number: FIRST_PORT + i, name: `tcp-${i}`, protocol: 'TCP'}, hosts: ['*']}))
  const gateway = object('networking.istio.io/v1', 'Gateway', 'gateway', 'istio-system', {spec: {selector: {istio: 'ingressgateway'}, servers}})
  const namespaces = Array.from({length: NAMESPACES}, (_, i) => ({apiVersion: 'v1', kind: 'Namespace', metadata: {name: namespaceOf(i), uid: `uid-${namespaceOf(i)}`}}))
  return [...namespaces, gateway, ...indexes.flatMap((i) => [serviceOf(i), destinationRuleOf(i), virtualServiceOf(i, shape, 80), ...podsOf(i)])]
}

/** The `i`-th VirtualService with `weight` for v1 and the rest for v2. */
export function virtualServiceOf(i, shape, weight) {
  const route = ['v1', 'v2'].map((subset) => ({destination: {host: `echo-${i}`, subset, port: {number: 9000}}, weight: subset === 'v1' ? weight : 100 - weight}))
  const rules = shape === 'sni' ? {tls: [{match: [{port: 443, sniHosts: [`echo-${i}.example.com`]}], route}]} : {tcp: [{match: [{port: FIRST_PORT + i}], route}]}
  const hosts = [shape === 'sni' ? `echo-${i}.example.com` : '*']
  return object('networking.istio.io/v1', 'VirtualService', `echo-${i}`, namespaceOf(i), {spec: {hosts, gateways: ['istio-system/gateway'], ...rules}})
}

function sniServer() {
  return {port: {number: 443, name: 'tls', protocol: 'TLS'}, tls: {mode: 'PASSTHROUGH'}, hosts: ['*']}
}

function serviceOf(i) {
  const spec = {clusterIP: `127.130.${octets(i)}`, selector: {app: `echo-${i}`}, ports: [{name: 'tcp', port: 9000, protocol: 'TCP', targetPort: 9000}]}
  return object('v1', 'Service', `echo-${i}`, namespaceOf(i), {spec})
}

function destinationRuleOf(i) {
  const subsets = ['v1', 'v2'].map((name) => ({name, labels: {version: name}}))
  return object('networking.istio.io/v1', 'DestinationRule', `echo-${i}`, namespaceOf(i), {spec: {host: `echo-${i}`, subsets}})
}

function podsOf(i) {
  return Array.from({length: 10}, (_, n) => {
    const labels = {app: `echo-${i}`, version: n % 2 === 0 ? 'v1' : 'v2'}
    const status = {phase: 'Running', podIP: `127.${150 + n}.${octets(i)}`, conditions: [{type: 'Ready', status: 'True'}]}
    const pod = object('v1', 'Pod', `echo-${i}-${n}`, namespaceOf(i), {spec: {containers: [{name: 'echo', image: 'tcp-echo-server', ports: [{containerPort: 9000}]}]}, status})
    return {...pod, metadata: {...pod.metadata, labels}}
  })
}

function object(apiVersion, kind, name, namespace, rest) {
  return {apiVersion, kind, metadata: {name, namespace, uid: `uid-${kind}-${namespace}-${name}`, creationTimestamp: '2026-11-21T12:00:00Z'}, ...rest}
}

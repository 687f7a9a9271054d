import type {Container, Handler, HttpGet} from '../../../api/kinds/pod-spec.js'
import type {Placement} from '../container-spec.js'

/** What a probe or hook does, with its port and host resolved. */
export type CheckTarget =
  | {readonly type: 'tcp'; readonly host: string; readonly port: number}
  | {readonly type: 'http'; readonly url: string; readonly headers: Readonly<Record<string, string>>}
  | {readonly type: 'exec'; readonly command: readonly string[]}
  | {readonly type: 'sleep'; readonly seconds: number}
  /** It cannot be done, and why. */
  | {readonly type: 'impossible'; readonly message: string}

/** Where a handler of a container points. Source: kubernetes `pkg/probe` ResolveContainerPort, `pkg/probe/http` NewRequestForHTTPGetAction. */
export function checkTarget(handler: Handler, container: Container, placement: Placement): CheckTarget {
  const {exec, httpGet, tcpSocket, grpc, sleep} = handler
  if (exec !== undefined) return {type: 'exec', command: exec.command ?? []}
  if (sleep !== undefined) return {type: 'sleep', seconds: sleep.seconds}
  if (grpc !== undefined) return {type: 'impossible', message: 'tshift speaks no gRPC: use tcpSocket, httpGet or exec'}
  const wanted = httpGet ?? tcpSocket
  if (wanted === undefined) return {type: 'impossible', message: `missing probe handler for container ${container.name}`}
  const port = portOf(wanted.port, container)
  if (typeof port === 'string') return {type: 'impossible', message: port}
  const isPod = wanted.host === undefined || wanted.host === ''
  const host = isPod ? placement.address : (wanted.host ?? '')
  const listened = isPod ? placement.hostPort(port) : port
  return httpGet === undefined ? {type: 'tcp', host, port: listened} : {type: 'http', url: urlOf(httpGet, host, listened), headers: headersOf(httpGet)}
}

/** The number, or why there is none. */
function portOf(port: number | string, {ports = []}: Container): number | string {
  const named = ports.find(({name}) => name === port)?.containerPort
  const number = named ?? Number(port)
  if (Number.isNaN(number)) return `port ${port} not found`
  return Number.isInteger(number) && number > 0 && number < 65_536 ? number : `invalid port number: ${port}`
}

function urlOf({scheme = 'HTTP', path = '/'}: HttpGet, host: string, port: number): string {
  const authority = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
  return `${scheme.toLowerCase()}://${authority}${path.startsWith('/') ? path : `/${path}`}`
}

/** The kubelet's own, unless the handler says otherwise; an empty value takes one away. */
function headersOf({httpHeaders = []}: HttpGet): Readonly<Record<string, string>> {
  const headers = new Map([
    ['user-agent', 'kube-probe/1.35'],
    ['accept', '*/*'],
  ])
  for (const {name, value = ''} of httpHeaders) {
    if (value === '' && headers.has(name.toLowerCase())) headers.delete(name.toLowerCase())
    else headers.set(name.toLowerCase(), value)
  }
  return Object.fromEntries(headers)
}

import type {Fields} from './fields.js'

/** `tcp-socket :9000 delay=0s timeout=1s period=10s #success=1 #failure=3`. Source: kubectl `describe.DescribeProbe`. */
export function probeText(probe: Fields): string {
  const [delay, timeout, period] = ['initialDelaySeconds', 'timeoutSeconds', 'periodSeconds'].map((field) => probe.number(field))
  const [success, failure] = [probe.number('successThreshold'), probe.number('failureThreshold')]
  return `${actionOf(probe)} delay=${delay}s timeout=${timeout}s period=${period}s #success=${success} #failure=${failure}`
}

function actionOf(probe: Fields): string {
  if (probe.has('exec')) return `exec [${probe.texts('exec.command').join(' ')}]`
  if (probe.has('httpGet')) return `http-get ${urlOf(probe.at('httpGet'))}`
  if (probe.has('tcpSocket')) return `tcp-socket ${probe.text('tcpSocket.host')}:${portOf(probe.at('tcpSocket'))}`
  if (probe.has('grpc')) return `grpc <pod>:${probe.number('grpc.port')} ${probe.text('grpc.service')}`
  return 'unknown'
}

function urlOf(get: Fields): string {
  const host = get.text('host')
  const path = encodeURI(get.text('path')).replaceAll('?', '%3F').replaceAll('#', '%23')
  const authority = `${host.includes(':') ? `[${host}]` : host}:${portOf(get)}`
  return `${get.text('scheme').toLowerCase()}://${authority}${path === '' || path.startsWith('/') ? path : `/${path}`}`
}

/** A number or a name; Go's zero IntOrString is the number 0. */
function portOf(action: Fields): string {
  return action.has('port') ? action.text('port') : '0'
}

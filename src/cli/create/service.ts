import type {KubeObject, ObjectMeta} from '../../api/object.js'
import {UserError} from '../../base/user-error.js'

export interface ServiceOptions {
  readonly type: 'ClusterIP' | 'NodePort' | 'LoadBalancer' | 'ExternalName'
  /** `PORT` or `PORT:TARGET`, as `--tcp` was given. */
  readonly tcp: readonly string[]
  readonly clusterIP?: string | undefined
  readonly nodePort?: number | undefined
  readonly externalName?: string | undefined
}

const MAX_PORT = 65_535

/** A Service in front of the pods labelled `app=NAME`. Throws a UserError for ports that are none. Source: kubectl `create_service.go`. */
export function serviceOf({name, ...metadata}: ObjectMeta, options: ServiceOptions): KubeObject {
  const {type, clusterIP, externalName} = options
  if (options.tcp.length === 0 && clusterIP !== 'None' && type !== 'ExternalName') throw new UserError('at least one tcp port specifier must be provided')
  const ports = options.tcp.map((pair) => portOf(pair, options.nodePort))
  const labels = {app: name}
  const spec = {
    ...(ports.length === 0 ? {} : {ports}),
    selector: labels,
    ...(clusterIP === undefined || clusterIP === '' ? {} : {clusterIP}),
    type,
    ...(externalName === undefined ? {} : {externalName}),
  }
  return {kind: 'Service', apiVersion: 'v1', metadata: {name, ...metadata, labels}, ...{spec, status: {loadBalancer: {}}}}
}

function portOf(pair: string, nodePort: number | undefined): object {
  const {port, targetPort} = parsePair(pair)
  return {name: pair.replaceAll(':', '-'), protocol: 'TCP', port, targetPort, ...(nodePort === undefined || nodePort === 0 ? {} : {nodePort})}
}

function parsePair(pair: string): {readonly port: number; readonly targetPort: number | string} {
  const [first = '', second] = pair.split(':')
  const port = parsePort(first)
  if (second === undefined) return {port, targetPort: port}
  if (!/^[+-]?\d+$/.test(second)) return {port, targetPort: requirePortName(second)}
  const targetPort = Number(second)
  if (targetPort < 1 || targetPort > MAX_PORT) throw new UserError('must be between 1 and 65535, inclusive')
  return {port, targetPort}
}

/** Source: Go `strconv.ParseUint` with 16 bits. */
function parsePort(text: string): number {
  if (!/^\d+$/.test(text)) throw new UserError(`strconv.ParseUint: parsing ${JSON.stringify(text)}: invalid syntax`)
  if (Number(text) > MAX_PORT) throw new UserError(`strconv.ParseUint: parsing "${text}": value out of range`)
  return Number(text)
}

/** Source: apimachinery `validation.IsValidPortName`. */
function requirePortName(name: string): string {
  const problems = [
    ...(name.length > 15 ? ['must be no more than 15 characters'] : []),
    ...(/^[-a-z0-9]+$/.test(name) ? [] : ['must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)']),
    ...(/[a-z]/.test(name) ? [] : ['must contain at least one letter (a-z)']),
    ...(name.includes('--') ? ['must not contain consecutive hyphens'] : []),
    ...(name.startsWith('-') || name.endsWith('-') ? ['must not begin or end with a hyphen'] : []),
  ]
  if (problems.length > 0) throw new UserError(problems.join(','))
  return name
}

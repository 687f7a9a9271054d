import type {KubeObject, ObjectMeta} from '../../api/object.js'
import {UserError} from '../../base/user-error.js'
import type {Exposed} from './exposed.js'
import {parseLabels} from './parse-labels.js'

export interface ExposeOptions {
  readonly port?: string | undefined
  readonly targetPort?: string | undefined
  readonly protocol?: string | undefined
  readonly selector?: string | undefined
  readonly labels?: string | undefined
  readonly type?: string | undefined
  readonly clusterIP?: string | undefined
  readonly externalIP?: string | undefined
  readonly loadBalancerIP?: string | undefined
  readonly sessionAffinity?: string | undefined
}

/** The Service in front of what is exposed. Throws a UserError where there is no port. Source: kubectl `expose.go` `createService`. */
export function exposingService({name, ...metadata}: ObjectMeta, exposed: Exposed, options: ExposeOptions): KubeObject {
  const labels = given(options.labels) ? parseLabels(options.labels) : exposed.labels
  const {clusterIP, externalIP, type, sessionAffinity, loadBalancerIP} = options
  const spec = {
    ports: portsOf(exposed, options),
    selector: given(options.selector) ? parseLabels(options.selector) : exposed.selector,
    ...(given(clusterIP) ? {clusterIP} : {}),
    ...(given(type) ? {type} : {}),
    ...(given(externalIP) ? {externalIPs: [externalIP]} : {}),
    ...(given(sessionAffinity) ? {sessionAffinity} : {}),
    ...(given(loadBalancerIP) ? {loadBalancerIP} : {}),
  }
  return {
    kind: 'Service',
    apiVersion: 'v1',
    metadata: {name, ...metadata, ...(Object.keys(labels).length === 0 ? {} : {labels})},
    ...{spec, status: {loadBalancer: {}}},
  }
}

function given(text: string | undefined): text is string {
  return text !== undefined && text !== ''
}

/** Several ports get names; a port keeps the protocol the object says it has. */
function portsOf(exposed: Exposed, {port, protocol, targetPort}: ExposeOptions): readonly object[] {
  const numbers = given(port) ? port.split(',') : exposed.ports.map((one) => one.port)
  if (numbers.length === 0) throw new UserError("couldn't find port via --port flag or introspection")
  return numbers.map((text, index) => {
    const number = parseNumber(text)
    return {
      ...(numbers.length > 1 ? {name: `port-${index + 1}`} : {}),
      protocol: given(protocol) ? protocol : (exposed.ports.find((one) => one.port === text)?.protocol ?? 'TCP'),
      port: number,
      targetPort: !given(targetPort) ? number : /^\d+$/.test(targetPort) ? Number(targetPort) : targetPort,
    }
  })
}

function parseNumber(text: string): number {
  if (/^[+-]?\d+$/.test(text)) return Number(text)
  throw new UserError(`strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`)
}

import {parseProtocol} from '../../api/kinds/istio/protocol.js'
import type {Service, ServicePort} from '../../routing/objects/service.js'
import type {AnalyzedObject} from '../analyzed-object.js'
import {report, type Finding} from '../finding.js'
import type {Rule} from '../rule.js'
import {isControlPlane} from '../sidecars.js'

/** What Services of managed gateways are labelled with; nobody wrote those. */
const MANAGED = 'gateway.istio.io/managed'

/** Ports whose protocol neither appProtocol nor the name tells (istio service/portname.go). */
export const portNames: Rule = {
  name: 'service.PortNameAnalyzer',
  description: 'Checks the port names associated with each service',
  codes: ['IST0118', 'IST0150'],
  readsCoreKinds: true,
  *check({inventory}) {
    for (const subject of inventory.services) {
      const isMadeByIstio = isControlPlane(subject.object) || subject.object.metadata.labels?.[MANAGED] !== undefined
      if (!isMadeByIstio) yield* checkPorts(subject)
    }
  },
}

function* checkPorts(subject: AnalyzedObject<Service>): Generator<Finding> {
  const {type, ports = []} = subject.object.spec ?? {}
  const isExternal = type === 'ExternalName'
  for (const [index, port] of ports.entries()) {
    const {name = '', targetPort = 0} = port
    if (hasProtocol(port) && !(isExternal && name === 'tcp')) continue
    const path = ['spec', 'ports', index, 'port']
    yield isExternal ? report(subject, 'IST0150', [], path) : report(subject, 'IST0118', [name, port.port, String(targetPort)], path)
  }
}

/** Ports on which the server speaks first: they are TCP whatever they are called (istio config/kube conversion.go). */
const SERVER_FIRST = new Set([25, 53, 3306, 27017])
const KUBERNETES_PROTOCOLS = new Set(['kubernetes.io/h2c', 'kubernetes.io/ws', 'kubernetes.io/wss'])

/** Whether Istio knows what a port of a Service speaks. */
function hasProtocol({name = '', port, protocol, appProtocol}: ServicePort & {readonly appProtocol?: string}): boolean {
  if (protocol === 'UDP' || (appProtocol !== undefined && KUBERNETES_PROTOCOLS.has(appProtocol))) return true
  const told = (appProtocol ?? name).toLowerCase()
  if (told.startsWith('grpc-web')) return true
  return parseProtocol(told.split('-')[0] ?? '') !== 'unsupported' || SERVER_FIRST.has(port)
}

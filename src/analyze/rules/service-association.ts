import type {Deployment} from '../../api/kinds/deployment.js'
import {groupBy} from '../../routing/group-by.js'
import {selects} from '../../routing/labels.js'
import type {Service, ServicePort} from '../../routing/objects/service.js'
import {fullName, type AnalyzedObject} from '../analyzed-object.js'
import {report, type Finding} from '../finding.js'
import type {Inventory} from '../inventory.js'
import type {Rule} from '../rule.js'
import {isInMesh} from '../sidecars.js'

interface FrontPort {
  readonly service: string
  readonly port: ServicePort
}

/** Several Services in front of one Deployment that contradict each other (istio deployment/services.go). */
export const serviceAssociation: Rule = {
  name: 'deployment.MultiServiceAnalyzer',
  description: 'Checks association between services and pods',
  codes: ['IST0116', 'IST0137'],
  readsCoreKinds: true,
  *check({inventory}) {
    const services = groupBy(inventory.services, ({object}) => object.metadata.namespace ?? '')
    for (const subject of inventory.deployments) {
      if (isInMesh(subject.object, inventory)) yield* checkDeployment(subject, services.get(subject.object.metadata.namespace ?? '') ?? [])
    }
  },
}

function* checkDeployment(subject: AnalyzedObject<Deployment>, services: Inventory['services']): Generator<Finding> {
  const labels = subject.object.spec?.template?.metadata?.labels ?? {}
  const ports = services.filter(({object}) => isFront(object, labels)).flatMap(({object}) => portsOf(object))
  const name = subject.object.metadata.name
  const path = ['metadata', 'name']
  for (const [number, list] of groupBy(ports, ({port}) => port.port)) {
    const protocols = new Set(list.map(({port}) => port.protocol ?? 'TCP'))
    if (protocols.size > 1) yield report(subject, 'IST0116', [name, number, list.map(({service}) => service).sort()], path)
  }
  for (const [target, list] of groupBy(ports, ({port}) => String(port.targetPort ?? port.port))) {
    // the last Service with a port speaks for it, as in istioctl
    const byPort = [...new Map(list.map(({port, service}) => [port.port, service]))].sort(([a], [b]) => a - b)
    if (byPort.length > 1) yield report(subject, 'IST0137', [name, byPort.map(([, service]) => service), target, byPort.map(([port]) => port)], path)
  }
}

function isFront({spec}: Service, labels: Readonly<Record<string, string>>): boolean {
  return Object.keys(spec?.selector ?? {}).length > 0 && selects(spec?.selector, labels)
}

function portsOf(service: Service): readonly FrontPort[] {
  return (service.spec?.ports ?? []).map((port) => ({service: fullName(service), port}))
}

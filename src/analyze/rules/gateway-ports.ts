import {formatLabels, selects} from '../../routing/labels.js'
import type {Gateway} from '../../routing/objects/gateway.js'
import type {Service} from '../../routing/objects/service.js'
import type {AnalyzedObject} from '../analyzed-object.js'
import {report, type Finding} from '../finding.js'
import {selectorNotFound} from '../gateway-selector.js'
import type {Inventory} from '../inventory.js'
import type {Rule} from '../rule.js'
import {workloadsOf} from '../workloads.js'

/** Ports of Gateways that no Service in front of their pods exposes (istio gateway/gateway.go). */
export const gatewayPorts: Rule = {
  name: 'gateway.IngressGatewayPortAnalyzer',
  description: "Checks a gateway's ports against the gateway's Kubernetes service ports",
  codes: ['IST0101', 'IST0162'],
  readsCoreKinds: true,
  *check({inventory}) {
    const portsOf = portsBySelector(inventory)
    for (const subject of inventory.gateways) yield* checkPorts(subject, portsOf(subject.object))
  },
}

function* checkPorts(subject: AnalyzedObject<Gateway>, ports: ReadonlySet<number> | undefined): Generator<Finding> {
  const {selector, servers = []} = subject.object.spec ?? {}
  if (ports === undefined) {
    yield selectorNotFound(subject)
    return
  }
  for (const [index, {port}] of servers.entries()) {
    if (port === undefined || ports.has(port.number ?? 0)) continue
    yield report(subject, 'IST0162', [port.number ?? 0, formatLabels(selector)], ['spec', 'servers', index, 'port', 'number'])
  }
}

/** The ports a Gateway may have; undefined where its selector finds no pod. Many Gateways have the same selector. */
function portsBySelector(inventory: Inventory): (gateway: Gateway) => ReadonlySet<number> | undefined {
  const known = new Map<string, ReadonlySet<number> | undefined>()
  return ({spec}) => {
    const key = formatLabels(spec?.selector)
    if (!known.has(key)) known.set(key, exposedPorts(spec?.selector, inventory))
    return known.get(key)
  }
}

/** A Gateway without selector is for all pods, and a Service without selector is in front of all: such is the analyzer. */
function exposedPorts(selector: NonNullable<Gateway['spec']>['selector'], inventory: Inventory): ReadonlySet<number> | undefined {
  const pods = workloadsOf(inventory).filter(({labels}) => selects(selector, labels))
  if (pods.length === 0) return undefined
  const services = inventory.services.filter(({object}) =>
    pods.some((pod) => pod.namespace === (object.metadata.namespace ?? '') && selects(object.spec?.selector, pod.labels)),
  )
  return new Set(services.flatMap(({object}) => portsOf(object)))
}

/** Only what says TCP in so many letters; a number as targetPort stands for itself and for the port that is mapped to it. */
function portsOf({spec}: Service): readonly number[] {
  return (spec?.ports ?? [])
    .filter(({protocol}) => protocol === 'TCP')
    .flatMap(({port, targetPort}) => (typeof targetPort === 'number' && targetPort > 0 ? [port, targetPort] : [port]))
}

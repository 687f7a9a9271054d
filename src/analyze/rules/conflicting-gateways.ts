import {groupBy} from '../../routing/group-by.js'
import {formatLabels, selects} from '../../routing/labels.js'
import type {Labels} from '../../api/labels.js'
import type {Gateway, GatewayServer} from '../../routing/objects/gateway.js'
import {fullName, type AnalyzedObject} from '../analyzed-object.js'
import {report} from '../finding.js'
import type {Inventory} from '../inventory.js'
import type {Rule} from '../rule.js'
import {workloadsOf} from '../workloads.js'

interface PlacedServer {
  readonly subject: AnalyzedObject<Gateway>
  readonly name: string
  readonly selector: Labels | undefined
  readonly selectorText: string
  readonly spec: GatewayServer
  readonly index: number
}

/**
 * Servers of several Gateways for the same pods, port, bind and host. Hosts are compared as they are written: the different hosts of two
 * plain TCP servers are no conflict here, though at run time the second server is dropped (istio gateway/conflictinggateway.go).
 */
export const conflictingGateways: Rule = {
  name: 'gateway.ConflictingGatewayAnalyzer',
  description: "Checks a gateway's selector, port number and hosts",
  codes: ['IST0145'],
  readsCoreKinds: true,
  *check({inventory}) {
    const overlap = selectorOverlap(inventory)
    for (const [port, servers] of groupBy(serversOf(inventory), ({spec}) => spec.port?.number ?? 0)) {
      const byHost = groupBy(
        servers.flatMap((server) => hostsOf(server).map((host) => ({host, server}))),
        ({host}) => host,
      )
      for (const server of servers) {
        const same = hostsOf(server).flatMap((host) => byHost.get(host) ?? [])
        const others = same.filter((entry) => entry.server.subject !== server.subject && overlap(entry.server, server))
        if (others.length === 0) continue
        const names = [...new Set(others.map((entry) => entry.server.name))].sort().join(',')
        yield report(
          server.subject,
          'IST0145',
          [names, server.selectorText, String(port), (server.spec.hosts ?? []).join(',')],
          ['spec', 'servers', server.index, 'port', 'number'],
        )
      }
    }
  },
}

function serversOf({gateways}: Inventory): readonly PlacedServer[] {
  return gateways.flatMap((subject) => {
    const {selector, servers = []} = subject.object.spec ?? {}
    const selectorText = formatLabels(selector)
    return servers.flatMap((spec, index) => (spec.port === undefined ? [] : [{subject, name: fullName(subject.object), selector, selectorText, spec, index}]))
  })
}

function hostsOf({spec}: PlacedServer): readonly string[] {
  return [...new Set(spec.hosts ?? [])].map((host) => `${spec.bind ?? ''} ${host}`)
}

/** The same selector, or one whose text contains the other's where some pod has the labels of both. */
function selectorOverlap(inventory: Inventory): (a: PlacedServer, b: PlacedServer) => boolean {
  const known = new Map<string, boolean>()
  return (a, b) => {
    if (a.selectorText === b.selectorText) return true
    if (!a.selectorText.includes(b.selectorText) && !b.selectorText.includes(a.selectorText)) return false
    const key = [a.selectorText, b.selectorText].sort().join(' ')
    const found = known.get(key) ?? workloadsOf(inventory).some(({labels}) => selects(a.selector, labels) && selects(b.selector, labels))
    known.set(key, found)
    return found
  }
}

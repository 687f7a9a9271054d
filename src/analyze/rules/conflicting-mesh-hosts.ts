import {MESH} from '../../routing/gateways/gateway-name.js'
import {hostsOverlap} from '../../routing/host.js'
import type {VirtualService} from '../../routing/objects/virtual-service.js'
import {fullName, type AnalyzedObject} from '../analyzed-object.js'
import {report} from '../finding.js'
import {scopedHost, scopesOf} from '../hosts.js'
import type {Rule} from '../rule.js'

type Subject = AnalyzedObject<VirtualService>

/** More names than this are counted: every one of the VirtualServices is given the whole list. */
const MAX_NAMES = 50

/** VirtualServices of the mesh that define one host where both are visible; each is reported once (istio conflictingmeshgatewayhosts.go). */
export const conflictingMeshHosts: Rule = {
  name: 'virtualservice.ConflictingMeshGatewayHostsAnalyzer',
  description: 'Checks if multiple virtual services associated with the mesh gateway have conflicting hosts',
  codes: ['IST0109'],
  *check({inventory}) {
    const byHost = hostsInMesh(inventory.virtualServices)
    const toAll = [...byHost].filter(([scoped]) => scoped.startsWith('*/')).map(([scoped, list]) => ({host: scoped.slice(2), list}))
    const reported = new Set<Subject>()
    for (const scoped of [...byHost.keys()].sort()) {
      const own = byHost.get(scoped) ?? []
      const host = scoped.slice(scoped.indexOf('/') + 1)
      const others = scoped.startsWith('*/') ? [] : toAll.filter((entry) => hostsOverlap(entry.host, host)).flatMap(({list}) => list)
      const conflicting = [...new Set([...own, ...others])]
      if (conflicting.length < 2) continue
      const names = namesOf(conflicting)
      for (const subject of conflicting) {
        if (reported.has(subject)) continue
        reported.add(subject)
        yield report(subject, 'IST0109', [names, scoped], ['metadata', 'name'])
      }
    }
  },
}

function hostsInMesh(subjects: readonly Subject[]): ReadonlyMap<string, readonly Subject[]> {
  const byHost = new Map<string, Subject[]>()
  for (const subject of subjects) {
    const {gateways = [], hosts = [], exportTo = []} = subject.object.spec ?? {}
    if (gateways.length > 0 && !gateways.includes(MESH)) continue
    for (const scope of scopesOf(exportTo, subject.object)) {
      for (const host of hosts) {
        const key = scopedHost(scope, subject.object.metadata.namespace ?? '', host)
        const list = byHost.get(key)
        if (list === undefined) byHost.set(key, [subject])
        else list.push(subject)
      }
    }
  }
  return byHost
}

function namesOf(subjects: readonly Subject[]): string {
  const names = subjects.slice(0, MAX_NAMES).map(({object}) => fullName(object))
  return names.join(',') + (subjects.length > MAX_NAMES ? ` and ${subjects.length - MAX_NAMES} more` : '')
}

import {indexWorkloads} from '../clusters/workloads.js'
import {namesBehind} from '../host-names.js'
import {titleOf} from '../naming.js'
import type {RoutingFinding} from '../routing.js'
import type {Snapshot} from '../snapshot.js'
import type {CredentialRequest} from '../tls/credential-request.js'
import {credentialRequests} from '../tls/credential-requests.js'

/** What is used although it is doubtful: certificates out of their time or kept from before, addresses that can no longer be confirmed. */
export function outsideFindings(snapshot: Snapshot): readonly RoutingFinding[] {
  return [...credentialWarnings(snapshot), ...staleNames(snapshot)]
}

function credentialWarnings(snapshot: Snapshot): readonly RoutingFinding[] {
  const {credentials = {}} = snapshot
  if (!Object.values(credentials).some(({warning}) => warning !== undefined)) return []
  return credentialRequests(snapshot).flatMap((request): readonly RoutingFinding[] => {
    const warning = credentials[request.key]?.warning
    return warning === undefined ? [] : [{code: 'credential-doubtful', level: 'warning', object: nameOf(request), message: warning}]
  })
}

function nameOf(request: CredentialRequest): string {
  if (request.type === 'secret') return `Secret ${request.namespace}/${request.name}`
  if (request.type === 'configmap') return `ConfigMap ${request.namespace}/${request.name}`
  return `File ${request.certificate ?? request.ca ?? request.privateKey ?? ''}`
}

function staleNames(snapshot: Snapshot): readonly RoutingFinding[] {
  const {resolved = {}, lookupProblems = {}, serviceEntries = []} = snapshot
  if (Object.keys(lookupProblems).length === 0) return []
  const workloads = indexWorkloads(snapshot)
  return serviceEntries.flatMap((entry) =>
    [...new Set(namesBehind(entry, workloads))].flatMap((name): readonly RoutingFinding[] => {
      const problem = lookupProblems[name]
      if (problem === undefined || resolved[name] === undefined) return []
      const message = `host name ${name} cannot be resolved any more (${problem}): its last addresses stay in use (${resolved[name].join(', ')})`
      return [{code: 'host-stale', level: 'warning', object: titleOf(entry), message}]
    }),
  )
}

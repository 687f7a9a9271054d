import type {Labels} from '../../api/labels.js'
import type {ServicePort} from '../objects/service.js'
import {rememberBy} from '../remember.js'
import type {Endpoint} from '../routing.js'
import type {MeshService} from '../services.js'
import type {Snapshot} from '../snapshot.js'
import {entryEndpoints} from './entry-endpoints.js'
import {indexSlices, type Slices} from './slice-endpoints.js'
import {indexWorkloads, selectedByService, type Workloads} from './workloads.js'

/** An endpoint and the labels subsets choose by. */
export interface LabelledEndpoint {
  readonly endpoint: Endpoint
  readonly labels: Labels | undefined
}

/** A name that stands for endpoints and has no address (yet). */
export interface UnresolvedEndpoint {
  readonly unresolved: string
  /** Why the last attempt failed; absent where none was made. */
  readonly reason?: string
  readonly labels: Labels | undefined
}

/** What an endpoint is before names have become addresses. */
export type Candidate = LabelledEndpoint | UnresolvedEndpoint

export interface Endpoints {
  /** The ready endpoints of a Service's port, each address once, in the order of their sources. */
  of(service: MeshService, port: ServicePort): readonly LabelledEndpoint[]
  /** Host names behind the port that should be in the list above and have no address. */
  unresolved(service: MeshService, port: ServicePort): readonly UnresolvedEndpoint[]
}

/** What the endpoints of a Service depend on. */
export const ENDPOINT_FIELDS = ['endpointSlices', 'pods', 'workloadEntries', 'resolved', 'lookupProblems'] as const

/** What each Service has behind it. Computed once for each port that is asked for, since all subsets of a Service share it. */
export const indexEndpoints = rememberBy(ENDPOINT_FIELDS, (snapshot): Endpoints => {
  const sources = {snapshot, slices: indexSlices(snapshot), workloads: indexWorkloads(snapshot)}
  const known = new WeakMap<ServicePort, Found>()
  const find = (service: MeshService, port: ServicePort): Found => {
    const found = known.get(port) ?? sort(collect(service, port, sources))
    known.set(port, found)
    return found
  }
  return {of: (service, port) => find(service, port).endpoints, unresolved: (service, port) => find(service, port).unresolved}
})

interface Sources {
  readonly snapshot: Pick<Snapshot, 'resolved' | 'lookupProblems'>
  readonly slices: Slices
  readonly workloads: Workloads
}

function collect(service: MeshService, port: ServicePort, {snapshot, slices, workloads}: Sources): readonly Candidate[] {
  const {resolved = {}, lookupProblems = {}} = snapshot
  if (service.type === 'entry') return entryEndpoints(service, port, {workloads, resolved, lookupProblems})
  return [...slices.of(service.object, port), ...selectedByService(service.object, port, workloads)]
}

interface Found {
  readonly endpoints: readonly LabelledEndpoint[]
  readonly unresolved: readonly UnresolvedEndpoint[]
}

function sort(candidates: readonly Candidate[]): Found {
  const endpoints = new Map<string, LabelledEndpoint>()
  const unresolved: UnresolvedEndpoint[] = []
  for (const candidate of candidates) {
    if ('unresolved' in candidate) {
      unresolved.push(candidate)
      continue
    }
    const key = `${candidate.endpoint.address}:${candidate.endpoint.port}`
    if (!endpoints.has(key)) endpoints.set(key, candidate)
  }
  return {endpoints: [...endpoints.values()], unresolved}
}

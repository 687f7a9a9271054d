import type {Labels} from '../../api/labels.js'
import {isSameJson} from '../../api/same-json.js'
import {memoizeByIdentity} from '../../base/memoize.js'
import {steadyLists, steadyValues} from '../../base/steady.js'
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

/** What a Service's port has behind it. */
export interface PortEndpoints {
  /** The ready ones, each address once, in the order of their sources. */
  readonly endpoints: readonly LabelledEndpoint[]
  /** Host names that should be in the list above and have no address. */
  readonly unresolved: readonly UnresolvedEndpoint[]
}

export interface Endpoints {
  /** The very same for as long as nothing about it changes. */
  behind(service: MeshService, port: ServicePort): PortEndpoints
}

/** What the endpoints of a Service depend on. */
export const ENDPOINT_FIELDS = ['endpointSlices', 'pods', 'workloadEntries', 'resolved', 'lookupProblems'] as const

/** What each Service has behind it. Computed once for each port that is asked for, since all subsets of a Service share it. */
export const indexEndpoints = rememberBy(ENDPOINT_FIELDS, (snapshot): Endpoints => {
  const sources = {snapshot, slices: indexSlices(snapshot), workloads: indexWorkloads(snapshot)}
  const known = new WeakMap<ServicePort, PortEndpoints>()
  return {
    behind(service, port) {
      const found = known.get(port) ?? steadyBehind(port)(sort(steadyCandidates(port)(collect(service, port, sources))))
      known.set(port, found)
      return found
    },
  }
})

// most changes are about what is behind few ports
const steadyCandidates = memoizeByIdentity((_: ServicePort) => steadyLists<Candidate>())
const steadyBehind = memoizeByIdentity((_: ServicePort) => steadyValues<PortEndpoints>(isSameJson))

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

const sort = memoizeByIdentity((candidates: readonly Candidate[]): PortEndpoints => {
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
})

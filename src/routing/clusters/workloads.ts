import {isIPAddress} from '../../api/ip-address.js'
import type {Labels} from '../../api/labels.js'
import {groupBy} from '../group-by.js'
import {selects} from '../labels.js'
import {keyOf, namespaceOf} from '../naming.js'
import type {Pod} from '../objects/pod.js'
import type {Service, ServicePort} from '../objects/service.js'
import type {WorkloadEntry, WorkloadSpec} from '../objects/service-entry.js'
import type {Snapshot} from '../snapshot.js'
import type {LabelledEndpoint} from './endpoints.js'

/** Something that selectors choose by its labels: a Pod, or a machine outside that a WorkloadEntry describes. */
export interface Workload {
  /** An IP address, a host name, or `unix://` and a path. */
  readonly address: string
  readonly labels: Labels
  /** Port numbers by name. */
  readonly ports: Readonly<Record<string, number>>
  readonly weight?: number
  /** `namespace/pod`. */
  readonly pod?: string
}

export interface Workloads {
  /** Pods first, then WorkloadEntries, each by name; an empty selector chooses nothing. */
  selected(namespace: string, selector: Labels | undefined): readonly Workload[]
  /** The same without Pods. */
  selectedEntries(namespace: string, selector: Labels | undefined): readonly Workload[]
}

/** The Pods and WorkloadEntries of a snapshot, by what selects them. Pods are indexed when they are first asked for. */
export function indexWorkloads({pods, workloadEntries = []}: Pick<Snapshot, 'pods' | 'workloadEntries'>): Workloads {
  const entries = toWorkloads(workloadEntries, (entry) => toWorkload(entry.spec ?? {}, entry))
  let running: ReadonlyMap<string, readonly Workload[]> | undefined // few configurations select Pods here
  const selectedEntries: Workloads['selectedEntries'] = (namespace, selector) => choose(selector, entries.get(namespace))
  return {
    selectedEntries,
    selected(namespace, selector) {
      running ??= toWorkloads(pods.filter(isServing), podWorkload)
      return [...choose(selector, running.get(namespace)), ...selectedEntries(namespace, selector)]
    },
  }
}

function toWorkloads<T extends Pod | WorkloadEntry>(objects: readonly T[], convert: (object: T) => Workload): ReadonlyMap<string, readonly Workload[]> {
  const sorted = [...objects].sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1))
  return new Map([...groupBy(sorted, namespaceOf)].map(([namespace, group]) => [namespace, group.map(convert)]))
}

function choose(selector: Labels | undefined, workloads: readonly Workload[] = []): readonly Workload[] {
  if (selector === undefined || Object.keys(selector).length === 0) return []
  return workloads.filter(({labels}) => selects(selector, labels))
}

/** Ready, or of unknown readiness, and not on its way out. */
function isServing({metadata, status}: Pod): boolean {
  const isReady = status?.conditions?.find(({type}) => type === 'Ready')?.status ?? 'True'
  return status?.podIP !== undefined && metadata.deletionTimestamp === undefined && isReady === 'True'
}

function podWorkload(pod: Pod): Workload {
  const named = (pod.spec?.containers ?? []).flatMap(({ports = []}) => ports).filter(({name}) => name !== undefined)
  return {
    address: pod.status?.podIP ?? '',
    labels: pod.metadata.labels ?? {},
    ports: Object.fromEntries(named.map(({name = '', containerPort}) => [name, containerPort])),
    pod: keyOf(pod),
  }
}

/** A WorkloadEntry's own labels count before those in its spec (istio serviceentry convertWorkloadEntry). */
export function toWorkload({address = '', labels = {}, ports = {}, weight = 0}: WorkloadSpec, entry?: WorkloadEntry): Workload {
  return {address, labels: {...labels, ...entry?.metadata.labels}, ports, ...(weight > 0 && {weight})}
}

/**
 * WorkloadEntries with an IP address that a Service's selector chooses stand beside its pods. A port's number is the Service's target port; one
 * that has a name is looked up in the entry (istio kube controller serviceInstanceFromWorkloadInstance).
 */
export function selectedByService(service: Service, port: ServicePort, workloads: Workloads): readonly LabelledEndpoint[] {
  if (service.spec?.clusterIP === 'None' || service.spec?.type === 'ExternalName') return []
  const {targetPort = port.port} = port
  const chosen = workloads.selectedEntries(namespaceOf(service), service.spec?.selector).filter(({address}) => isIPAddress(address))
  return chosen.flatMap(({address, labels, ports, weight}): readonly LabelledEndpoint[] => {
    const number = typeof targetPort === 'number' ? targetPort : ports[targetPort]
    return number === undefined ? [] : [{endpoint: {address, port: number, ...(weight !== undefined && {weight})}, labels}]
  })
}

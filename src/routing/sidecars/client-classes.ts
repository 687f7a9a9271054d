import type {BoundService} from '../bindings.js'
import {groupBy} from '../group-by.js'
import type {DestinationRule} from '../objects/destination-rule.js'
import {namespaceOf} from '../naming.js'
import {ELSEWHERE, type Client, type Clients} from './clients.js'
import type {Sidecar} from './sidecar-chains.js'

/** Clients that nothing written about a Service tells apart. */
export interface ClientClass {
  /** One that speaks for all. */
  readonly sidecar: Sidecar
  /** In groups, as they are found. */
  readonly members: readonly (readonly Client[])[]
}

/** What may tell clients apart. */
export interface Distinctions {
  readonly namespaces: ReadonlySet<string>
  readonly labels: readonly string[]
}

export interface Written {
  readonly services: readonly BoundService[]
  readonly rules: readonly DestinationRule[]
  /** Of the Services and ServiceEntries that are seen by some namespaces only. */
  readonly exportTo: readonly string[]
}

/** The namespaces and labels that VirtualServices and DestinationRules make a difference by. */
export function distinctionsOf({services, rules, exportTo}: Written): Distinctions {
  const objects = [...services.map(({object}) => object), ...rules]
  const matches = services.flatMap(({object}) => [...(object.spec?.tcp ?? []), ...(object.spec?.tls ?? [])].flatMap(({match = []}) => [...match]))
  const namespaces = [
    ...objects.flatMap((object) => [namespaceOf(object), ...(object.spec?.exportTo ?? [])]),
    ...matches.map(({sourceNamespace}) => sourceNamespace),
    ...exportTo,
  ]
  const labels = [...matches.map(({sourceLabels}) => sourceLabels), ...rules.map(({spec}) => spec?.workloadSelector?.matchLabels)]
  return {namespaces: new Set(namespaces.flatMap((name) => name ?? [])), labels: [...new Set(labels.flatMap((selector) => Object.keys(selector ?? {})))].sort()}
}

export interface ClientIndex {
  /** The class of clients that are no pods first, without members; then the classes of pods. */
  classesOf(distinctions: Distinctions): readonly ClientClass[]
}

/** The index of the clients in the mesh: those that no policy tells apart are one class, worked out once for each set of label keys that is asked for. */
export function indexClasses({inMesh}: Clients): ClientIndex {
  const byLabels = new Map<string, readonly Projection[]>() // few sets of labels matter, and there may be many pods
  const projections = (keys: readonly string[]): readonly Projection[] => {
    const known = byLabels.get(keys.join()) ?? project(inMesh, keys)
    byLabels.set(keys.join(), known)
    return known
  }
  return {
    classesOf({namespaces, labels}) {
      const named = (namespace: string) => (namespaces.has(namespace) ? namespace : '')
      const classes = groupBy(projections(labels), ({clients: [first], values}) => `${named(first.namespace)} ${values}`)
      const pods = [...classes.values()].flatMap(([first, ...others]): readonly ClientClass[] => {
        return first === undefined ? [] : [{sidecar: first.clients[0], members: [first, ...others].map(({clients}) => clients)}]
      })
      return [{sidecar: ELSEWHERE, members: []}, ...pods]
    },
  }
}

/** Pods of one namespace that have the same values of some labels. */
interface Projection {
  readonly values: string
  readonly clients: readonly [Client, ...Client[]]
}

function project(inMesh: Clients['inMesh'], keys: readonly string[]): readonly Projection[] {
  const valuesOf = ({labels}: Client) => JSON.stringify(keys.map((key) => labels[key]))
  return [...inMesh.values()].flatMap((clients) =>
    [...groupBy(clients, valuesOf)].flatMap(([values, [first, ...others]]) => (first === undefined ? [] : [{values, clients: [first, ...others] as const}])),
  )
}

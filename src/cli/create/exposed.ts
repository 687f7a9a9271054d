import {isJsonObject, type Json, type JsonObject, type KubeObject} from '../../api/object.js'
import type {ResourceType} from '../../api/resource-type.js'
import {UserError} from '../../base/user-error.js'

/** What of an object `expose` makes a Service from. */
export interface Exposed {
  readonly selector: Readonly<Record<string, string>>
  readonly ports: readonly ExposedPort[]
  readonly labels: Readonly<Record<string, string>>
}

export interface ExposedPort {
  readonly port: string
  readonly protocol: string
}

const KINDS = new Set(['Deployment', 'Pod', 'ReplicaSet', 'ReplicationController', 'Service'])

/** The kinds that can be exposed. Throws kubectl's UserError for others. Source: kubectl `polymorphichelpers/canbeexposed.go`. */
export function requireExposable(type: ResourceType): void {
  if (!KINDS.has(type.kind)) throw new UserError(`cannot expose a ${qualifiedKindOf(type)}`)
}

function qualifiedKindOf({kind, group}: ResourceType): string {
  return group === '' ? kind : `${kind}.${group}`
}

/**
 * Selector, ports and labels of the object. Throws a UserError where pods cannot be told by it. Source: kubectl `mapbasedselectorforobject.go`,
 * `portsforobject.go`.
 */
export function exposedBy(object: KubeObject, type: ResourceType, namesSelector: boolean): Exposed {
  const labels = object.metadata.labels ?? {}
  return {selector: namesSelector ? {} : selectorOf(object, type), ports: portsOf(object), labels}
}

function selectorOf(object: KubeObject, type: ResourceType): Readonly<Record<string, string>> {
  const spec = at(object as unknown as JsonObject, 'spec')
  switch (object.kind) {
    case 'Pod': {
      const {labels = {}} = object.metadata
      if (Object.keys(labels).length === 0) throw cannotSelect('the pod has no labels and cannot be exposed')
      return labels
    }
    case 'Service': {
      const selector = at(spec, 'selector')
      if (Object.keys(selector).length === 0) throw cannotSelect('the service has no pod selector set')
      return selector as Readonly<Record<string, string>>
    }
    case 'ReplicationController':
      return at(spec, 'selector') as Readonly<Record<string, string>>
    default:
      return matchLabelsOf(at(spec, 'selector'), type)
  }
}

function matchLabelsOf({matchLabels, matchExpressions}: JsonObject, type: ResourceType): Readonly<Record<string, string>> {
  if (Array.isArray(matchExpressions) && matchExpressions.length > 0) {
    throw cannotSelect(`couldn't convert expressions - "${JSON.stringify(matchExpressions)}" to map-based selector format`)
  }
  if (!isJsonObject(matchLabels) || Object.keys(matchLabels).length === 0) {
    throw cannotSelect(`invalid ${type.kind.toLowerCase()}: no selectors, therefore cannot be exposed`)
  }
  return matchLabels as Readonly<Record<string, string>>
}

function cannotSelect(why: string): UserError {
  return new UserError(`couldn't retrieve selectors via --selector flag or introspection: ${why}`)
}

function portsOf(object: KubeObject): readonly ExposedPort[] {
  const spec = at(object as unknown as JsonObject, 'spec')
  if (object.kind === 'Service') return list(spec['ports']).map(({port, protocol}) => ({port: String(port), protocol: text(protocol)}))
  const podSpec = object.kind === 'Pod' ? spec : at(at(spec, 'template'), 'spec')
  const containers = list(podSpec['containers'])
  return containers.flatMap(({ports}) => list(ports)).map(({containerPort, protocol}) => ({port: String(containerPort), protocol: text(protocol)}))
}

function text(protocol: Json | undefined): string {
  return typeof protocol === 'string' && protocol !== '' ? protocol : 'TCP'
}

function at(value: JsonObject, key: string): JsonObject {
  const child = value[key]
  return isJsonObject(child) ? child : {}
}

function list(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? (value as readonly JsonObject[]) : []
}

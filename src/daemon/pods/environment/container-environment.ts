import type {Pod} from '../../../api/kinds/pod.js'
import type {Container, EnvFromSource, EnvVar, KeyReference} from '../../../api/kinds/pod-spec.js'
import {expand} from '../../../api/expansion.js'
import {downwardField} from './downward-field.js'
import type {EnvironmentSources} from './environment-sources.js'
import {resourceField} from './resource-field.js'
import {serviceVariables} from './service-variables.js'

export type ContainerEnvironment =
  | {readonly type: 'complete'; readonly env: Readonly<Record<string, string>>}
  /** Something the container insists on is not there: the kubelet's message of CreateContainerConfigError. */
  | {readonly type: 'incomplete'; readonly message: string}

/** With the pod's address. */
export interface AddressedSources extends EnvironmentSources {
  readonly address: string
}

type Value = {readonly value: string | undefined} | {readonly missing: string}

/**
 * The variables a container sees: those of `envFrom`, its own `env` with `$(VAR)` expanded in order, and those of the Services that nothing before
 * has named. Source: kubernetes `kubelet_pods.go` makeEnvironmentVariables.
 */
export function containerEnvironment(pod: Pod, container: Container, {address, ...sources}: AddressedSources): ContainerEnvironment {
  const services = serviceVariables(sources.services)
  const env: Record<string, string> = {HOSTNAME: pod.metadata.name}
  for (const source of container.envFrom ?? []) {
    const {entries, missing} = entriesOf(source, sources)
    if (missing !== undefined) return {type: 'incomplete', message: missing}
    for (const [name, value] of Object.entries(entries)) env[(source.prefix ?? '') + name] = value
  }
  for (const variable of container.env ?? []) {
    const found = valueOf(variable, {pod, container, sources, address, known: {...services, ...env}})
    if ('missing' in found) return {type: 'incomplete', message: found.missing}
    if (found.value !== undefined) env[variable.name] = found.value
  }
  return {type: 'complete', env: {...services, ...env}}
}

interface Context {
  readonly pod: Pod
  readonly container: Container
  readonly sources: EnvironmentSources
  readonly address: string
  readonly known: Readonly<Record<string, string>>
}

function valueOf({value = '', valueFrom}: EnvVar, context: Context): Value {
  const {pod, container, address, known} = context
  if (valueFrom?.fieldRef !== undefined) return {value: downwardField(pod, valueFrom.fieldRef.fieldPath, address) ?? ''}
  if (valueFrom?.resourceFieldRef !== undefined) return {value: resourceField(pod.spec, container, valueFrom.resourceFieldRef)}
  if (valueFrom?.configMapKeyRef !== undefined) return valueOfKey('ConfigMap', valueFrom.configMapKeyRef, context)
  if (valueFrom?.secretKeyRef !== undefined) return valueOfKey('Secret', valueFrom.secretKeyRef, context)
  return {value: expand(value, known)}
}

function valueOfKey(kind: 'ConfigMap' | 'Secret', {name = '', key, optional = false}: KeyReference, {pod, sources}: Context): Value {
  const {exists, data} = dataOf(kind, name, sources)
  const value = data[key]
  if (value !== undefined || optional) return {value}
  return {missing: exists ? `couldn't find key ${key} in ${kind} ${pod.metadata.namespace ?? 'default'}/${name}` : notFound(kind, name)}
}

interface Found {
  readonly exists: boolean
  readonly data: Readonly<Record<string, string>>
}

interface Entries {
  readonly entries: Readonly<Record<string, string>>
  readonly missing?: string
}

function entriesOf({configMapRef, secretRef}: EnvFromSource, sources: EnvironmentSources): Entries {
  const kind = configMapRef === undefined ? 'Secret' : 'ConfigMap'
  const {name = '', optional = false} = configMapRef ?? secretRef ?? {}
  const {exists, data} = dataOf(kind, name, sources)
  return exists || optional ? {entries: data} : {entries: {}, missing: notFound(kind, name)}
}

function dataOf(kind: 'ConfigMap' | 'Secret', name: string, {configMaps, secrets}: EnvironmentSources): Found {
  if (kind === 'ConfigMap') return {exists: configMaps.has(name), data: configMaps.get(name)?.data ?? {}}
  const encoded = Object.entries(secrets.get(name)?.data ?? {})
  return {exists: secrets.has(name), data: Object.fromEntries(encoded.map(([key, value]) => [key, Buffer.from(value, 'base64').toString()]))}
}

function notFound(kind: 'ConfigMap' | 'Secret', name: string): string {
  return `${kind.toLowerCase()} "${name}" not found`
}

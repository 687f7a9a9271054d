import {configMapType} from '../../api/kinds/config-map.js'
import type {Container, EnvVar, KeyReference} from '../../api/kinds/pod-spec.js'
import {secretType} from '../../api/kinds/secret.js'
import type {KubeObject} from '../../api/object.js'
import {UserError} from '../../base/user-error.js'
import type {Resources} from '../../resources/resources.js'

/** What a reference to elsewhere is worth; throws a UserError where that cannot be told. */
export type Resolve = (variable: EnvVar, object: KubeObject) => Promise<string>

/** The variables of containers, as `set env --list` shows them; references by what they refer to, or with `resolve` by their values. */
export async function listEnv(object: KubeObject, containers: readonly Container[], resolve: Resolve | undefined): Promise<string> {
  const lines: string[] = []
  for (const {name, env = []} of containers) {
    lines.push(`# ${object.kind} ${object.metadata.name}, container ${name}`)
    for (const variable of env) {
      if (variable.valueFrom === undefined) lines.push(`${variable.name}=${variable.value ?? ''}`)
      else lines.push(resolve === undefined ? `# ${variable.name} from ${describeSource(variable)}` : `${variable.name}=${await resolve(variable, object)}`)
    }
  }
  return lines.map((line) => `${line}\n`).join('')
}

/** Source: kubectl `env/env_resolve.go` `GetEnvVarRefString`. */
function describeSource({valueFrom = {}}: EnvVar): string {
  const {configMapKeyRef, secretKeyRef, fieldRef, resourceFieldRef} = valueFrom
  if (configMapKeyRef !== undefined) return `configmap ${configMapKeyRef.name ?? ''}, key ${configMapKeyRef.key}`
  if (resourceFieldRef !== undefined) {
    const container = resourceFieldRef.containerName === undefined ? '' : `${resourceFieldRef.containerName}/`
    return `resource field ${container}${resourceFieldRef.resource}`
  }
  if (fieldRef !== undefined) return `field path ${fieldRef.fieldPath}`
  if (secretKeyRef !== undefined) return `secret ${secretKeyRef.name ?? ''}, key ${secretKeyRef.key}`
  return 'invalid valueFrom'
}

interface WithData extends KubeObject {
  readonly data?: Readonly<Record<string, string>>
}

/** Looks references up in the store. Throws NotFound or a UserError. */
export function resolverOf(resources: Resources, namespace: string): Resolve {
  const keyOf = async (type: typeof configMapType, {name = '', key}: KeyReference, what: string) => {
    const {data = {}} = await resources.get<WithData>(type, namespace, name)
    const value = data[key]
    if (value === undefined) throw new UserError(`key ${key} not found in ${what} ${name}`)
    return value
  }
  return async ({name, valueFrom = {}}, object) => {
    const {configMapKeyRef, secretKeyRef, fieldRef} = valueFrom
    if (configMapKeyRef !== undefined) return keyOf(configMapType, configMapKeyRef, 'config map')
    if (secretKeyRef !== undefined) return Buffer.from(await keyOf(secretType, secretKeyRef, 'secret'), 'base64').toString()
    const value = fieldRef === undefined ? undefined : fieldOf(object, fieldRef.fieldPath)
    if (value === undefined) throw new UserError(`error retrieving reference for ${name}: cannot be told from here`)
    return value
  }
}

function fieldOf({metadata}: KubeObject, path: string): string | undefined {
  const [, map, key = ''] = /^metadata\.(labels|annotations)\['(.*)'\]$/.exec(path) ?? []
  if (map !== undefined) return metadata[map as 'labels' | 'annotations']?.[key] ?? ''
  if (path === 'metadata.name') return metadata.name
  if (path === 'metadata.namespace') return metadata.namespace ?? ''
  return path === 'metadata.uid' ? (metadata.uid ?? '') : undefined
}

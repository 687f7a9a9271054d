import {configMapType} from '../../api/kinds/config-map.js'
import type {EnvVar} from '../../api/kinds/pod-spec.js'
import {secretType} from '../../api/kinds/secret.js'
import type {KubeObject} from '../../api/object.js'
import {UserError} from '../../base/user-error.js'
import type {Resources} from '../../resources/resources.js'
import {parseTargets} from '../targets.js'

export interface FromOptions {
  /** `configmap/NAME` or `secret/NAME`. */
  readonly from: string
  /** Only these, in any case; none: all. */
  readonly keys: readonly string[]
  readonly prefix: string
  readonly namespace: string
}

export interface FromVariables {
  readonly variables: readonly EnvVar[]
  readonly warnings: readonly string[]
}

interface WithData extends KubeObject {
  readonly data?: Readonly<Record<string, string>>
}

/** Variables that refer to the keys of a ConfigMap or Secret. Throws NotFound, or a UserError for other kinds. Source: kubectl `set_env.go`. */
export async function variablesFrom({from, keys, prefix, namespace}: FromOptions, resources: Resources): Promise<FromVariables> {
  const warnings: string[] = []
  const variables: EnvVar[] = []
  for (const {type, name = ''} of parseTargets([from])) {
    const reference = type === configMapType ? 'configMapKeyRef' : type === secretType ? 'secretKeyRef' : undefined
    if (reference === undefined) throw new UserError('unsupported resource specified in --from')
    const {data = {}} = await resources.get<WithData>(type, namespace, name)
    for (const key of Object.keys(data).sort()) {
      if (keys.length > 0 && !keys.some((wanted) => wanted.toLowerCase() === key.toLowerCase())) continue
      const variable = key.replace(/[^a-zA-Z0-9_]/g, '_').toUpperCase()
      if (variable !== key) warnings.push(`key ${key} transferred to ${variable}`)
      variables.push({name: `${prefix}${variable}`, valueFrom: {[reference]: {name, key}}})
    }
  }
  return {variables, warnings}
}

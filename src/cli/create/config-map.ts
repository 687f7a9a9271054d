import {isUtf8} from 'node:buffer'
import type {KubeObject, ObjectMeta} from '../../api/object.js'
import {UserError} from '../../base/user-error.js'
import type {DataEntry} from './data-sources.js'
import {configKeyProblem} from './key-name.js'

export interface GeneratedConfigMap extends KubeObject {
  readonly data?: Readonly<Record<string, string>>
  readonly binaryData?: Readonly<Record<string, string>>
}

/** A ConfigMap of the entries: text as `data`, other bytes as `binaryData`. Throws a UserError for keys that cannot be or are there twice. */
export function configMapOf(metadata: ObjectMeta, entries: readonly DataEntry[]): GeneratedConfigMap {
  const data: Record<string, string> = {}
  const binaryData: Record<string, string> = {}
  for (const {key, value} of entries) {
    const problem = configKeyProblem(key)
    if (problem !== undefined) throw new UserError(`"${key}" is not a valid key name for a ConfigMap: ${problem}`)
    if (key in data) throw existing(key, 'Data', metadata.name)
    if (key in binaryData) throw existing(key, 'BinaryData', metadata.name)
    if (isUtf8(value)) data[key] = value.toString('utf8')
    else binaryData[key] = value.toString('base64')
  }
  return {kind: 'ConfigMap', apiVersion: 'v1', metadata, ...unlessEmpty('data', data), ...unlessEmpty('binaryData', binaryData)}
}

function existing(key: string, field: string, name: string): UserError {
  return new UserError(`cannot add key "${key}", another key by that name already exists in ${field} for ConfigMap "${name}"`)
}

function unlessEmpty(field: string, map: Readonly<Record<string, string>>): Readonly<Record<string, Readonly<Record<string, string>>>> {
  return Object.keys(map).length === 0 ? {} : {[field]: map}
}

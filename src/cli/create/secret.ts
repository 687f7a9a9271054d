import type {KubeObject, ObjectMeta} from '../../api/object.js'
import {UserError} from '../../base/user-error.js'
import type {DataEntry} from './data-sources.js'
import {configKeyProblem} from './key-name.js'
import {formatCompactTypedJson} from './typed-json.js'

export interface GeneratedSecret extends KubeObject {
  readonly data?: Readonly<Record<string, string>>
  readonly type?: string
}

export const DOCKER_CONFIG = {type: 'kubernetes.io/dockerconfigjson', key: '.dockerconfigjson'} as const

/** A Secret of the entries. Throws a UserError for keys that cannot be or are there twice. */
export function secretOf(metadata: ObjectMeta, type: string | undefined, entries: readonly DataEntry[]): GeneratedSecret {
  const data: Record<string, string> = {}
  for (const {key, value} of entries) {
    const problem = configKeyProblem(key)
    if (problem !== undefined) throw new UserError(`"${key}" is not valid key name for a Secret ${problem}`)
    if (key in data) throw new UserError(`cannot add key ${key}, another key by that name already exists`)
    data[key] = value.toString('base64')
  }
  return {kind: 'Secret', apiVersion: 'v1', metadata, ...(Object.keys(data).length === 0 ? {} : {data}), ...(type === undefined || type === '' ? {} : {type})}
}

export interface DockerCredentials {
  readonly server: string
  readonly username: string
  readonly password: string
  readonly email?: string | undefined
}

/** The file with which docker logs in to a registry. Source: kubectl `create_secret_docker.go` `handleDockerCfgJSONContent`. */
export function dockerConfig({server, username, password, email}: DockerCredentials): string {
  const auth = Buffer.from(`${username}:${password}`).toString('base64')
  return formatCompactTypedJson({auths: {[server]: {username, password, ...(email === undefined || email === '' ? {} : {email}), auth}}})
}

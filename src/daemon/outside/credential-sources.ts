import {objectKey, type KubeObject} from '../../api/object.js'
import type {World} from '../world.js'
import type {CredentialSources} from './credentials.js'

/** The Secrets and ConfigMaps of a world, to be asked by name. */
export function credentialSources({secrets, configMaps}: Pick<World, 'secrets' | 'configMaps'>): CredentialSources {
  return {secretOf: finder(secrets), configMapOf: finder(configMaps)}
}

function finder<T extends KubeObject>(objects: readonly T[]): (namespace: string, name: string) => T | undefined {
  const byKey = new Map(objects.map((object) => [objectKey(object), object]))
  return (namespace, name) => byKey.get(`${namespace}/${name}`)
}

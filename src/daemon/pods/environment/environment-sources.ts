import {configMapType, type ConfigMap} from '../../../api/kinds/config-map.js'
import type {Pod} from '../../../api/kinds/pod.js'
import type {Container} from '../../../api/kinds/pod-spec.js'
import {secretType, type Secret} from '../../../api/kinds/secret.js'
import {serviceType, type Service} from '../../../api/kinds/service.js'
import type {Resources} from '../../../resources/resources.js'

/** What of the store a container's variables are made from; ConfigMaps and Secrets by name, as far as the container names them. */
export interface EnvironmentSources {
  readonly configMaps: ReadonlyMap<string, ConfigMap>
  readonly secrets: ReadonlyMap<string, Secret>
  /** Those the container is told of. */
  readonly services: readonly Service[]
}

/** Reads what the container's variables need, as it is now. */
export async function readEnvironmentSources(resources: Resources, pod: Pod, container: Container): Promise<EnvironmentSources> {
  const namespace = pod.metadata.namespace ?? 'default'
  const configMaps = await byName(configMapNames(container), (name) => resources.find<ConfigMap>(configMapType, namespace, name))
  const secrets = await byName(secretNames(container), (name) => resources.find<Secret>(secretType, namespace, name))
  return {configMaps, secrets, services: await servicesFor(resources, namespace, pod.spec?.enableServiceLinks ?? true)}
}

/** The Services of the pod's namespace where it wants them, and the API server's always. */
async function servicesFor(resources: Resources, namespace: string, wantsLinks: boolean): Promise<readonly Service[]> {
  const master = await resources.find<Service>(serviceType, 'default', 'kubernetes')
  const own = wantsLinks ? (await resources.list<Service>(serviceType, {namespace})).items.filter(({metadata}) => metadata.uid !== master?.metadata.uid) : []
  return master === undefined ? own : [master, ...own]
}

function configMapNames({env = [], envFrom = []}: Container): readonly string[] {
  const names = [...env.map(({valueFrom}) => valueFrom?.configMapKeyRef?.name), ...envFrom.map(({configMapRef}) => configMapRef?.name)]
  return names.filter((name) => name !== undefined)
}

function secretNames({env = [], envFrom = []}: Container): readonly string[] {
  const names = [...env.map(({valueFrom}) => valueFrom?.secretKeyRef?.name), ...envFrom.map(({secretRef}) => secretRef?.name)]
  return names.filter((name) => name !== undefined)
}

async function byName<T>(names: readonly string[], find: (name: string) => Promise<T | undefined>): Promise<ReadonlyMap<string, T>> {
  const found = new Map<string, T>()
  for (const name of new Set(names)) {
    const object = await find(name)
    if (object !== undefined) found.set(name, object)
  }
  return found
}

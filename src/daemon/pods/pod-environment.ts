import type {Pod} from '../../api/kinds/pod.js'
import type {Container} from '../../api/kinds/pod-spec.js'
import type {Resources} from '../../resources/resources.js'
import {containerEnvironment, type ContainerEnvironment} from './environment/container-environment.js'
import {readEnvironmentSources} from './environment/environment-sources.js'

/** The variables a container sees, from what the store holds now. `address` is the pod's. */
export async function readPodEnvironment(resources: Resources, pod: Pod, container: Container, address: string): Promise<ContainerEnvironment> {
  return containerEnvironment(pod, container, {...(await readEnvironmentSources(resources, pod, container)), address})
}

/** The same without the store: what ConfigMaps, Secrets and Services give is left out. */
export function podEnvironment(pod: Pod, container: Container, address: string): Readonly<Record<string, string>> {
  const {env = [], ...rest} = container
  const own = env.filter(({valueFrom}) => valueFrom?.configMapKeyRef === undefined && valueFrom?.secretKeyRef === undefined)
  const {envFrom: _, ...bare} = rest
  const outcome = containerEnvironment(pod, {...bare, env: own}, {address, configMaps: new Map(), secrets: new Map(), services: []})
  return outcome.type === 'complete' ? outcome.env : {}
}

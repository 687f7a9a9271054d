import type {Pod} from '../../api/kinds/pod.js'
import {UserError} from '../../base/user-error.js'

const DEFAULT_CONTAINER = 'kubectl.kubernetes.io/default-container'

export interface ContainerChoice {
  readonly name: string
  /** What kubectl tells where it had to choose. */
  readonly note?: string
}

/**
 * The container of a pod that is meant: the one named, the one the pod's annotation names, or the first, which is then said.
 * Throws a UserError for a name the pod does not have. Source: kubectl `podcmd.FindOrDefaultContainerByName`.
 */
export function chooseContainer(pod: Pod, name: string | undefined): ContainerChoice {
  const containers = (pod.spec?.containers ?? []).map((container) => container.name)
  const init = (pod.spec?.initContainers ?? []).map((container) => container.name)
  if (name !== undefined) {
    if ([...containers, ...init].includes(name)) return {name}
    throw new UserError(`container ${name} not found in pod ${pod.metadata.name}`)
  }
  const annotated = pod.metadata.annotations?.[DEFAULT_CONTAINER]
  if (annotated !== undefined && containers.includes(annotated)) return {name: annotated}
  const [first = ''] = containers
  if (containers.length + init.length < 2) return {name: first}
  return {name: first, note: `Defaulted container "${first}" out of: ${[...containers, ...init.map((one) => `${one} (init)`)].join(', ')}`}
}

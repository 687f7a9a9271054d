import type {KubeObject} from '../../api/object.js'

/** A pod as describe looks at it. */
export interface DescribedPod extends KubeObject {
  readonly spec?: {readonly containers?: readonly DescribedContainer[]; readonly initContainers?: readonly DescribedContainer[]}
  readonly status?: {
    readonly phase?: string
    readonly podIP?: string
    readonly containerStatuses?: readonly ContainerReadiness[]
    readonly initContainerStatuses?: readonly ContainerReadiness[]
  }
}

export interface DescribedContainer {
  readonly name: string
  readonly ports?: readonly {readonly name?: string; readonly containerPort: number; readonly protocol?: string}[]
}

export interface ContainerReadiness {
  readonly name: string
  readonly ready?: boolean
}

export const PROXY_CONTAINER = 'istio-proxy'

/** Undefined where the pod has no such container. */
export function isContainerReady({status}: DescribedPod, name: string): boolean | undefined {
  const statuses = [...(status?.containerStatuses ?? []), ...(status?.initContainerStatuses ?? [])]
  return statuses.find((one) => one.name === name)?.ready ?? (statuses.some((one) => one.name === name) ? false : undefined)
}

export function isMeshed({spec}: DescribedPod): boolean {
  return [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])].some(({name}) => name === PROXY_CONTAINER)
}

import type {Pod} from '../../api/kinds/pod.js'
import {expand} from '../../api/expansion.js'
import type {ContainerSpec} from '../../workload/runtime.js'
import {podEnvironment} from './pod-environment.js'

/** Where a pod lives on this machine. */
export interface Placement {
  readonly address: string
  /** Container port → the port really listened on. */
  hostPort(containerPort: number): number
}

type Container = NonNullable<Pod['spec']>['containers'][number]

/** A container of a pod as a runtime needs it: environment resolved, `$(VAR)` in command and args expanded. */
export function containerSpec(pod: Pod, container: Container, placement: Placement): ContainerSpec {
  const env = podEnvironment(pod, container, placement.address)
  return {
    name: container.name,
    image: container.image ?? '',
    command: (container.command ?? []).map((word) => expand(word, env)),
    args: (container.args ?? []).map((word) => expand(word, env)),
    env,
    address: placement.address,
    ports: (container.ports ?? []).map(({containerPort}) => containerPort),
    hostPort: (port) => placement.hostPort(port),
  }
}

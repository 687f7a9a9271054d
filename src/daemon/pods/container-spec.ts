import type {Pod} from '../../api/kinds/pod.js'
import type {Container} from '../../api/kinds/pod-spec.js'
import {expand} from '../../api/expansion.js'
import type {ContainerSpec, Mount} from '../../workload/runtimes/runtime.js'

/** Where a pod lives on this machine. */
export interface Placement {
  readonly address: string
  /** Container port → the port really listened on. */
  hostPort(containerPort: number): number
}

export interface ContainerSurroundings {
  readonly placement: Placement
  readonly env: Readonly<Record<string, string>>
  readonly mounts: readonly Mount[]
}

/** A container of a pod as a runtime needs it, `$(VAR)` in command and args expanded. */
export function containerSpec(pod: Pod, container: Container, {placement, env, mounts}: ContainerSurroundings): ContainerSpec {
  return {
    name: container.name,
    image: container.image ?? '',
    command: (container.command ?? []).map((word) => expand(word, env)),
    args: (container.args ?? []).map((word) => expand(word, env)),
    env,
    address: placement.address,
    ports: (container.ports ?? []).map(({containerPort}) => containerPort),
    hostPort: (port) => placement.hostPort(port),
    workingDir: container.workingDir,
    mounts,
    alwaysPull: container.imagePullPolicy === 'Always',
    id: `${pod.metadata.uid}-${container.name}`,
  }
}

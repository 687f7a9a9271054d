import type {Pod} from '../../api/kinds/pod.js'
import type {Container} from '../../api/kinds/pod-spec.js'
import type {Resources} from '../../resources/resources.js'
import {ContainerError} from '../../workload/runtimes/container-error.js'
import {runtimeFor, type RuntimeChoice} from '../../workload/runtimes/runtimes.js'
import type {Prepared} from './container-run.js'
import {containerSpec, type Placement} from './container-spec.js'
import {hostAnnotations} from './host-annotations.js'
import {readPodEnvironment} from './pod-environment.js'
import type {PodVolumes} from './pod-volumes.js'

export interface Workshop {
  readonly resources: Resources
  readonly placement: Placement
  readonly volumes: PodVolumes
  readonly allowHostCommands: boolean
  /** The container engine to use; undefined where none answers. */
  readonly engine: () => Promise<string | undefined>
}

/** Everything a container needs for its start, as it is now. Throws a ContainerError where something is missing. */
export async function prepareContainer(pod: Pod, container: Container, workshop: Workshop): Promise<Prepared> {
  const {resources, placement, volumes, allowHostCommands, engine} = workshop
  const environment = await readPodEnvironment(resources, pod, container, placement.address)
  if (environment.type === 'incomplete') throw new ContainerError('CreateContainerConfigError', environment.message)
  const runtime = await runtimeFor(container.image ?? '', {
    ...hostAnnotations(pod, container.name),
    allowHostCommands,
    engine,
    hasCommand: (container.command ?? []).length > 0,
    purpose: purposeOf(pod, container),
  })
  const mounts = runtime.readsFiles ? await volumes.mountsOf(container) : []
  const directories = Object.fromEntries(mounts.map(({volume, source}) => [`TSHIFT_VOLUME_${volume.replace(/\W/g, '_').toUpperCase()}`, source]))
  return {spec: containerSpec(pod, container, {placement, env: {...directories, ...environment.env}, mounts}), runtime}
}

function purposeOf({metadata, spec}: Pod, {name}: Container): RuntimeChoice['purpose'] {
  const initial = spec.initContainers?.find((container) => container.name === name)
  if (initial !== undefined) return initial.restartPolicy === 'Always' ? 'serve' : 'init'
  return metadata.ownerReferences?.some(({kind, controller}) => kind === 'Job' && controller === true) === true ? 'job' : 'serve'
}

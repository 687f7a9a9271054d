import {existsSync} from 'node:fs'
import path from 'node:path'
import type {Pod} from '../../api/kinds/pod.js'
import type {Container} from '../../api/kinds/pod-spec.js'
import {hostAnnotations} from '../../daemon/pods/host-annotations.js'
import {UserError} from '../../base/user-error.js'

/** Where a path of a container is on this machine. */
export interface PodPath {
  readonly path: string
  /** Whether it is the pod's own: in one of its volumes. */
  readonly isOwn: boolean
}

/**
 * A pod is a process of this machine and has its files, but for volumes: what is below the mount path of one is in the volume's directory. Relative paths begin
 * at the pod's working directory (annotation tshift.dev/workdir), else where we are. `directory` is the pod's own. Throws a UserError for a path that leads
 * out of its volume.
 */
export function podPath(text: string, container: string, {pod, directory}: {readonly pod: Pod; readonly directory: string}): PodPath {
  const whole = path.resolve(hostAnnotations(pod, container).workdir ?? '', text)
  const found = [...pod.spec.containers, ...(pod.spec.initContainers ?? [])].find(({name}) => name === container)
  const mounts = [...(found?.volumeMounts ?? [])].sort((a, b) => b.mountPath.length - a.mountPath.length)
  const mount = mounts.find(({mountPath}) => isBelow(whole, path.resolve(mountPath)))
  const source = mount === undefined ? undefined : volumeDirectory(mount, pod, directory)
  if (mount === undefined || source === undefined) return {path: whole, isOwn: false}
  const inside = path.resolve(source, mount.subPath ?? '', path.relative(path.resolve(mount.mountPath), whole))
  if (!isBelow(inside, source)) throw new UserError(`path ${text} leads out of the volume ${mount.name}`)
  return {path: inside, isOwn: true}
}

/** Undefined for volumes that have no files here: those of other kinds, and of containers that read none. */
function volumeDirectory({name}: NonNullable<Container['volumeMounts']>[number], {spec}: Pod, directory: string): string | undefined {
  const volume = spec.volumes?.find((candidate) => candidate.name === name)
  if (volume?.hostPath !== undefined) return volume.hostPath.path
  const laidOut = path.join(directory, 'volumes', name)
  return existsSync(laidOut) ? laidOut : undefined
}

function isBelow(file: string, directory: string): boolean {
  return file === directory || file.startsWith(directory.endsWith(path.sep) ? directory : directory + path.sep)
}

import path from 'node:path'
import type {Pod} from '../../api/kinds/pod.js'

const COMMAND = 'tshift.dev/command'
const WORKDIR = 'tshift.dev/workdir'

/** What a pod's annotations say about the program of this machine that stands for a container. */
export interface HostAnnotations {
  /** As written: words, or a JSON array. */
  readonly command: string | undefined
  readonly workdir: string | undefined
}

/**
 * `tshift.dev/command.<container>` comes before `tshift.dev/command`, which is for all containers; `tshift.dev/workdir` likewise, from where the gateway
 * was started.
 */
export function hostAnnotations({metadata}: Pod, container: string): HostAnnotations {
  const find = (name: string) => metadata.annotations?.[`${name}.${container}`] ?? metadata.annotations?.[name]
  const workdir = find(WORKDIR)
  return {command: find(COMMAND), workdir: workdir === undefined ? undefined : path.resolve(workdir)}
}

import type {Pod} from '../../api/kinds/pod.js'
import {chooseContainer} from '../pods/pod-container.js'
import {announceSession} from './attach.js'
import {standIn, type StandInDeps} from './stand-in.js'
import {readTypedProgram} from './typed-program.js'

export interface ResumeOptions {
  readonly pod: Pod
  readonly container: string | undefined
  readonly tty: boolean
}

/** Runs again what the user typed when the pod was made with `run`, if its container idles; false where there is nothing to resume. */
export async function resume({pod, container, tty}: ResumeOptions, deps: Omit<StandInDeps, 'begin'>): Promise<boolean> {
  if (pod.status?.phase !== 'Running') return false
  const {name} = chooseContainer(pod, container)
  const words = await readTypedProgram(deps.session.home.podLogs, pod, name)
  if (words === undefined || !deps.session.isGatewayRunning) return false
  const begin = () => announceSession(deps.note)
  return (await standIn({pod, container: name, words, stdin: true, tty, removePod: false}, {...deps, begin})) !== undefined
}

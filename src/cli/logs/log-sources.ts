import {podType, type Pod} from '../../api/kinds/pod.js'
import {parseSelector} from '../../api/labels.js'
import type {KubeObject} from '../../api/object.js'
import {isNotFound} from '../../api/status-error.js'
import {UserError} from '../../base/user-error.js'
import type {Resources} from '../../resources/resources.js'
import {chooseContainer} from '../pods/pod-container.js'
import {byLogging} from '../pods/pod-order.js'
import {isPod, objectNamed, podsBehind} from '../pods/pods-behind.js'
import type {LogOptions} from './log-options.js'

/** The log of one container. */
export interface LogSource {
  readonly pod: Pod
  readonly container: string
}

export interface LogSourcesDeps {
  readonly resources: Resources
  readonly namespace: string
  /** How long the first pod of a deployment is waited for. */
  readonly timeoutMs: number
  /** Told what kubectl says on stderr. */
  readonly note: (line: string) => void
}

type Choice = Pick<LogOptions, 'target' | 'selector' | 'container' | 'allContainers' | 'allPods'>

/**
 * The logs that are asked for, in the order of their pods. Throws a UserError in kubectl's words.
 * Source: kubectl `polymorphichelpers.logsForObjectWithClient`.
 */
export async function logSources(choice: Choice, deps: LogSourcesDeps): Promise<readonly LogSource[]> {
  const {target: word, selector = ''} = choice
  const pods = word === undefined ? await selectedPods(selector, deps) : await podsOf(await target(word, deps), choice, deps)
  return pods.flatMap((pod) => containersOf(pod, choice, deps.note).map((container) => ({pod, container})))
}

async function selectedPods(selector: string, {resources, namespace, note}: LogSourcesDeps): Promise<readonly Pod[]> {
  const {items} = await resources.list<Pod>(podType, {namespace, selector: parseSelector(selector)})
  if (items.length === 0) note(`No resources found in ${namespace} namespace.`)
  return items
}

async function target(word: string, {resources, namespace}: LogSourcesDeps): Promise<KubeObject> {
  try {
    return await objectNamed(word, namespace, resources)
  } catch (error) {
    if (!isNotFound(error)) throw error
    throw new UserError(`error from server (NotFound): ${(error as Error).message} in namespace "${namespace}"`)
  }
}

async function podsOf(object: KubeObject, {allPods}: Choice, {resources, timeoutMs, note}: LogSourcesDeps): Promise<readonly Pod[]> {
  if (isPod(object)) return [object]
  const pods = await podsBehind(object, resources, {timeoutMs, doing: 'cannot get the logs from', order: byLogging})
  if (allPods) return pods
  const [first] = pods
  if (pods.length > 1) note(`Found ${pods.length} pods, using pod/${first.metadata.name}`)
  return [first]
}

function containersOf(pod: Pod, {container, allContainers, allPods}: Choice, note: (line: string) => void): readonly string[] {
  const {containers, initContainers = []} = pod.spec
  if (allContainers) return [...initContainers, ...containers].map(({name}) => name)
  if (container !== undefined && ![...initContainers, ...containers].some(({name}) => name === container)) {
    throw new UserError(`container ${container} is not valid for pod ${pod.metadata.name}`)
  }
  const choice = chooseContainer(pod, container)
  if (choice.note !== undefined && !allPods) note(choice.note)
  return [choice.name]
}

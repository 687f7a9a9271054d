import type {Pod} from '../../api/kinds/pod.js'
import type {KubeObject} from '../../api/object.js'
import {UserError} from '../../base/user-error.js'
import type {Resources} from '../../resources/resources.js'
import {namespaceOf} from '../flags/namespace.js'
import {objectNamed, podsBehind} from '../pods/pods-behind.js'
import {selectObjects} from '../verbs/select-objects.js'

/** What follows `--` is the program's, flags and all; undefined where there is no `--`. */
export function splitAtDashes(argv: readonly string[]): {readonly own: string[]; readonly command: readonly string[] | undefined} {
  const end = argv.indexOf('--')
  return end === -1 ? {own: [...argv], command: undefined} : {own: argv.slice(0, end), command: argv.slice(end + 1)}
}

export interface ExecTargetOptions {
  /** `POD` or `TYPE/NAME` */
  readonly word: string | undefined
  readonly filename: readonly string[] | undefined
  /** The namespace the user named. */
  readonly named: string | undefined
  readonly timeoutMs: number
  readonly stdin: AsyncIterable<Buffer | string>
}

/** The pod that a command runs in. Throws NotFound, or a UserError for what has no pods. */
export async function execTarget(target: ExecTargetOptions, resources: Resources): Promise<Pod> {
  const {word, filename = [], named, timeoutMs} = target
  const namespace = namespaceOf({namespace: named}) ?? 'default'
  const object = word === undefined ? await objectOfFile(filename, target, resources) : await objectNamed(word, namespace, resources)
  const [pod] = await podsBehind(object, resources, {timeoutMs, doing: 'cannot attach to'})
  return pod
}

async function objectOfFile(filename: readonly string[], {named, stdin}: ExecTargetOptions, resources: Resources): Promise<KubeObject> {
  const selection = {words: [], filename, recursive: false, namespace: named, 'all-namespaces': false, all: false, stdin}
  const objects: KubeObject[] = []
  for await (const object of selectObjects(selection, resources)) objects.push(object)
  const [object, ...others] = objects
  if (object === undefined || others.length > 0) throw new UserError('cannot exec into multiple objects at a time')
  return object
}

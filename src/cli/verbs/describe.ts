import type {Clock} from '../../base/clock.js'
import {UserError} from '../../base/user-error.js'
import type {Selector} from '../../api/labels.js'
import type {KubeObject} from '../../api/object.js'
import type {ResourceType} from '../../api/resource-type.js'
import {isNotFound, StatusError} from '../../api/status-error.js'
import {describerFor, formatDescription} from '../../output/describe/describers.js'
import {saidBare} from './get.js'
import type {Resources} from '../../resources/resources.js'
import type {Target} from '../targets.js'
import {Vicinity} from './describe-vicinity.js'
import {getTargets, type Found} from './get.js'

export interface DescribeOptions {
  readonly targets: readonly Target[]
  /** undefined: all of them. */
  readonly namespace: string | undefined
  readonly selector?: Selector | undefined
  readonly showsEvents: boolean
  /** The one name given may also be the beginning of names. */
  readonly takesPrefix: boolean
  readonly clock: Clock
}

export interface Descriptions {
  readonly objects: readonly KubeObject[]
  /** All descriptions, apart as kubectl sets them apart. */
  readonly text: string
  readonly missing: readonly StatusError[]
}

/** Describes everything the targets name, with what is around it. Throws a UserError for names across namespaces. Source: kubectl `describe.go`. */
export async function describeTargets(options: DescribeOptions, resources: Resources): Promise<Descriptions> {
  const {targets, namespace, selector} = options
  const names = targets.filter(({name}) => name !== undefined)
  if (names.length > 0 && selector !== undefined) throw new UserError('name cannot be provided when a selector is specified')
  if (names.some((target) => namespace === undefined && target.namespace === undefined && target.type.namespaced)) {
    throw new UserError('a resource cannot be retrieved by name across all namespaces')
  }
  const found = await getTargets(targets, {namespace, selector, ignoreNotFound: false}, resources)
  const missing = found.flatMap((one) => one.missing)
  if (options.takesPrefix && targets.length === 1 && missing.some(isNotFound)) return describePrefix(options, missing, resources)
  const texts = await textsOf(found, options, resources)
  return {objects: found.flatMap(({objects}) => objects), text: texts.join('\n\n'), missing}
}

/** All whose name begins so, each with an empty line behind it. */
async function describePrefix(options: DescribeOptions, missing: readonly StatusError[], resources: Resources): Promise<Descriptions> {
  const [target] = options.targets
  if (target?.name === undefined) return {objects: [], text: '', missing}
  const {type, name} = target
  const {items} = await resources.list(type, {namespace: options.namespace}).catch(saidBare)
  const objects = items.filter(({metadata}) => metadata.name.startsWith(name))
  const texts = await textsOf([{type, objects}], options, resources)
  return {objects, text: texts.map((text) => `${text}\n`).join(''), missing: objects.length === 0 ? missing : []}
}

type Sections = readonly Pick<Found, 'type' | 'objects'>[]

async function textsOf(found: Sections, {showsEvents, clock}: DescribeOptions, resources: Resources): Promise<readonly string[]> {
  const vicinity = new Vicinity(resources)
  const texts: string[] = []
  for (const {type, objects} of found) {
    for (const object of objects) texts.push(await describeObject(type, object, {vicinity, showsEvents, nowMs: clock.now()}))
  }
  return texts
}

interface Sight {
  readonly vicinity: Vicinity
  readonly showsEvents: boolean
  readonly nowMs: number
}

async function describeObject(type: ResourceType, object: KubeObject, {vicinity, showsEvents, nowMs}: Sight): Promise<string> {
  const describer = describerFor(type)
  const events = showsEvents ? await vicinity.eventsAbout(type, object) : undefined
  const neighbours = await vicinity.neighboursOf(type, object, describer.needs ?? [])
  return formatDescription(describer, object, {nowMs, events, neighbours})
}

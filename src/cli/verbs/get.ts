import {parseFieldSelector, type FieldSelector} from '../../api/field-selector.js'
import {matches, type Selector} from '../../api/labels.js'
import {namespaceType} from '../../api/kinds/namespace.js'
import type {KubeObject} from '../../api/object.js'
import type {ResourceType} from '../../api/resource-type.js'
import {isNotFound, StatusError} from '../../api/status-error.js'
import {UserError} from '../../base/user-error.js'
import type {Resources} from '../../resources/resources.js'
import {currentNamespace} from '../context/context-file.js'
import type {Target} from '../targets.js'

export interface GetOptions {
  /** undefined: all of them. */
  readonly namespace: string | undefined
  readonly selector?: Selector | undefined
  /** `--selector` as it was written, for errors. */
  readonly selectorText?: string | undefined
  readonly fieldSelector?: string | undefined
  readonly ignoreNotFound: boolean
  /** Objects come with `metadata.managedFields`. */
  readonly managedFields?: boolean
}

/** Objects of one type, and the names asked for that are not there. */
export interface Found {
  readonly type: ResourceType
  readonly objects: readonly KubeObject[]
  readonly missing: readonly StatusError[]
  /** To watch from. */
  readonly resourceVersion: string
}

/**
 * Looks up everything the targets name, in their order; neighbours of one type are found together.
 * Throws a BadRequest for fields that a type cannot be asked for.
 */
export async function getTargets(targets: readonly Target[], options: GetOptions, resources: Resources): Promise<readonly Found[]> {
  return Promise.all(neighbours(targets).map((group) => getGroup(group, options, resources)))
}

function neighbours(targets: readonly Target[]): readonly (readonly Target[])[] {
  const groups: Target[][] = []
  for (const target of targets) {
    const last = groups.at(-1)
    if (last?.[0]?.type === target.type) last.push(target)
    else groups.push([target])
  }
  return groups
}

async function getGroup(targets: readonly Target[], options: GetOptions, resources: Resources): Promise<Found> {
  const type = (targets[0] as Target).type
  if (targets.every(({name}) => name === undefined)) return listType(type, options, resources).catch(saidBare)
  const objects: KubeObject[] = []
  const missing: StatusError[] = []
  for (const {name, namespace} of targets) {
    if (name === undefined) continue
    const found = await getNamed({type, namespace: namespace ?? options.namespace ?? currentNamespace(), name}, options, resources)
    if (!(found instanceof StatusError)) objects.push(found)
    else if (!options.ignoreNotFound) missing.push(found)
  }
  return {type, objects: objects.filter((object) => isSelected(object, options)), missing, resourceVersion: '0'}
}

/** Everything of a type that the selectors let through. */
export async function listType(type: ResourceType, options: Omit<GetOptions, 'ignoreNotFound'>, resources: Resources): Promise<Found> {
  const hasFields = fieldFilter(type, options)
  const {namespace, selector, managedFields = false} = options
  const {items, resourceVersion} = await resources.list(type, {namespace, selector, managedFields})
  return {type, objects: hasFields === undefined ? items : items.filter(hasFields), missing: [], resourceVersion}
}

/** What a request for a list comes to is said as it is. */
export function saidBare(error: unknown): never {
  throw error instanceof UserError ? new UserError(error.message, {isBare: true}) : error
}

type FieldOptions = Pick<GetOptions, 'selectorText' | 'fieldSelector'>

/** The condition that `--field-selector` means for a type. Throws a BadRequest as kubectl words it. Source: cli-runtime `resource.EnhanceListError`. */
export function fieldFilter(type: ResourceType, {selectorText = '', fieldSelector}: FieldOptions): FieldSelector | undefined {
  if (fieldSelector === undefined || fieldSelector === '') return undefined
  try {
    return parseFieldSelector(fieldSelector, type)
  } catch (cause) {
    if (!(cause instanceof StatusError)) throw cause
    throw new StatusError('BadRequest', `${unableToFind(type, selectorText, fieldSelector)}${cause.message}`)
  }
}

/** How kubectl begins to say that the server did not take a selector. */
export function unableToFind({group, version, plural}: ResourceType, selector: string, fieldSelector: string): string {
  const subject = `${group}/${version}, Resource=${plural}`
  return `Unable to find ${JSON.stringify(subject)} that match label selector ${JSON.stringify(selector)}, field selector ${JSON.stringify(fieldSelector)}: `
}

function isSelected({metadata}: KubeObject, {selector}: GetOptions): boolean {
  return selector === undefined || matches(selector, metadata.labels ?? {})
}

interface Named {
  readonly type: ResourceType
  readonly namespace: string
  readonly name: string
}

/** The object, or why it is not there: in a namespace that is not there, that is what is missing (kubectl asks for it after a NotFound). */
async function getNamed({type, namespace, name}: Named, {managedFields = false}: GetOptions, resources: Resources): Promise<KubeObject | StatusError> {
  try {
    return await resources.get(type, namespace, name, {managedFields})
  } catch (error) {
    if (!(error instanceof StatusError) || !isNotFound(error)) throw error
    return namespaceMissing(type, namespace, error, resources)
  }
}

async function namespaceMissing(type: ResourceType, namespace: string, error: StatusError, resources: Resources): Promise<StatusError> {
  if (!type.namespaced) return error
  try {
    await resources.get(namespaceType, undefined, namespace)
    return error
  } catch (missing) {
    return missing instanceof StatusError ? missing : error
  }
}

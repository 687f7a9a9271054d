import {findResource, knownTypes, typesInCategory} from '../api/registry.js'
import type {ResourceType} from '../api/resource-type.js'
import {UserError} from '../base/user-error.js'

/** What `svc,deploy`, `all`, `pod a b` or `pod/a svc/b` on a command line mean. */
export type Target = {readonly type: ResourceType; readonly name?: string; readonly namespace?: string | undefined}

/**
 * Resource arguments with every name at its type: `pods,svc a` is `pods/a svc/a`. Source: cli-runtime `normalizeMultipleResourcesArgs`.
 */
export function pairTypesWithNames(words: readonly string[]): readonly string[] {
  const [first = '', ...names] = words
  const types = first.split(',')
  return types.length < 2 || names.length === 0 ? words : types.flatMap((type) => names.map((name) => `${type}/${name}`))
}

/**
 * Parses kubectl's resource arguments: `TYPE[,TYPE…] [NAME…]` or `TYPE/NAME…`. Without names a target means all of its type.
 * `among` are the types there are: `typesInStore`, where the words may mean kinds that users define.
 * Throws a UserError for unknown types and mixtures. Source: cli-runtime `resource.Builder.ResourceTypeOrNameArgs`.
 */
export function parseTargets(given: readonly string[], among: readonly ResourceType[] = knownTypes): readonly Target[] {
  const words = pairTypesWithNames(given)
  const [first, ...names] = words
  if (first === undefined) return []
  if (words.some((word) => word.includes('/'))) return words.map((word) => parsePair(word, among))
  const types = [...new Set(first.split(','))].flatMap((word) => typesOf(word, among))
  if (names.length === 0) return types.map((type) => ({type}))
  if (types.length > 1) throw new UserError('you must specify only one resource')
  return types.flatMap((type) => names.map((name) => ({type, name: checkedName(name)})))
}

/** A name that may be part of a path. An empty one, of a variable not set, must never mean all. Source: client-go `Request.Name`. */
function checkedName(name: string): string {
  if (name === '') throw new UserError('resource name may not be empty')
  if (name === '.' || name === '..') throw new UserError(`invalid resource name "${name}": [may not be '${name}']`)
  if (name.includes('%')) throw new UserError(`invalid resource name "${name}": [may not contain '%']`)
  return name
}

function parsePair(word: string, among: readonly ResourceType[]): Target {
  const [type = '', name, ...rest] = word.split('/')
  if (rest.length > 0) throw new UserError('arguments in resource/name form may not have more than one slash')
  if (name !== undefined && (type === '' || name === '')) throw new UserError('arguments in resource/name form must have a single resource and name')
  if (name === undefined) {
    throw new UserError(
      "there is no need to specify a resource type as a separate argument when passing arguments in resource/name form (e.g. 'tshift get resource/<resource_name>' instead of 'tshift get resource resource/<resource_name>'",
    )
  }
  return {type: typeOf(type, among), name: checkedName(name)}
}

function typesOf(spelling: string, among: readonly ResourceType[]): readonly ResourceType[] {
  const category = typesInCategory(spelling, among)
  return category.length > 0 ? category : [typeOf(spelling, among)]
}

/** The type behind a spelling on the command line; throws kubectl's error for an unknown one, bare where kubectl has it from the mapper itself. */
export function typeOf(spelling: string, among: readonly ResourceType[] = knownTypes, {isBare = false} = {}): ResourceType {
  const type = findResource(spelling, among)
  if (type === undefined) throw new UserError(`the server doesn't have a resource type "${spelling.split('.')[0]}"`, {isBare})
  return type
}

import {UserError} from '../../base/user-error.js'
import {findResource} from '../../api/registry.js'
import type {ResourceType} from '../../api/resource-type.js'

export interface CanIOptions {
  /** `VERB TYPE`, `VERB TYPE/NAME` or `VERB /URL`. */
  readonly words: readonly string[]
  readonly allNamespaces: boolean
}

const KNOWN_VERBS = [
  ...['*', 'approve', 'attest', 'bind', 'create', 'delete', 'deletecollection', 'escalate'],
  ...['get', 'impersonate', 'list', 'patch', 'sign', 'update', 'use', 'watch'],
]

/** There is one user, who may do everything: what is left are the warnings about the question. Throws a UserError. Source: kubectl `auth/cani.go`. */
export function canIWarnings({words, allNamespaces}: CanIOptions, types: readonly ResourceType[]): readonly string[] {
  const [verb = '', what = ''] = words
  if (words.length !== 2) {
    const hint = "See 'tshift auth can-i -h' for help and examples."
    throw new UserError('you must specify two arguments: verb resource or verb resource/resourceName.', {hint})
  }
  const ofVerb = KNOWN_VERBS.includes(verb) ? [] : [`Warning: verb '${verb}' is not a known verb\n`]
  if (what === '*' || what.startsWith('/')) return ofVerb
  const [spelling = '', name = ''] = what.split('/')
  if (name !== '' && allNamespaces) throw new UserError('a resource cannot be retrieved by name across all namespaces')
  const type = findResource(spelling, types)
  if (type === undefined) return [...ofVerb, `Warning: the server doesn't have a resource type ${groupedName(spelling)}\n`]
  const group = type.group === '' ? '' : ` in group '${type.group}'`
  return type.namespaced ? ofVerb : [...ofVerb, `Warning: resource '${type.plural}' is not namespace scoped${group}\n`]
}

/** `'deployments' in group 'foo'`. */
function groupedName(spelling: string): string {
  const [resource = '', ...group] = spelling.split('.')
  return group.length === 0 ? `'${resource}'` : `'${resource}' in group '${group.join('.')}'`
}

/** What may be done, as `auth can-i --list` shows it to an administrator. */
export const ALLOWED: readonly (readonly string[])[] = [
  ['*.*', '[]', '[]', '[*]'],
  ['', '[*]', '[]', '[*]'],
]

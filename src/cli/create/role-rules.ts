import type {Json} from '../../api/object.js'
import {findResource} from '../../api/registry.js'
import type {ResourceType} from '../../api/resource-type.js'
import {UserError} from '../../base/user-error.js'

/** What `--verb`, `--resource` and `--resource-name` say. */
export interface RuleOptions {
  readonly verbs: readonly string[]
  readonly resources: readonly RuleResource[]
  readonly resourceNames: readonly string[]
  readonly nonResourceURLs?: readonly string[]
}

/** `RESOURCE[.GROUP][/SUBRESOURCE]` */
export interface RuleResource {
  readonly resource: string
  readonly group: string
  readonly subresource: string
}

const RBAC = 'rbac.authorization.k8s.io'
const AUTHENTICATION = 'authentication.k8s.io'
const RESOURCE_VERBS = new Set([
  ...['*', 'get', 'delete', 'list', 'create', 'update', 'patch', 'watch', 'proxy', 'deletecollection', 'use', 'bind', 'escalate', 'impersonate'],
])
const URL_VERBS = new Set(['*', 'get', 'post', 'put', 'delete', 'patch', 'head', 'options'])
/** Verbs that only some resources have, as `resource.group`; not all of these need be known types. */
const SPECIAL: Readonly<Record<string, readonly string[]>> = {
  use: ['podsecuritypolicies.policy', 'podsecuritypolicies.extensions'],
  bind: [`roles.${RBAC}`, `clusterroles.${RBAC}`],
  escalate: [`roles.${RBAC}`, `clusterroles.${RBAC}`],
  impersonate: ['users.', 'serviceaccounts.', 'groups.', `userextras.${AUTHENTICATION}`],
}

/** The verbs without repetition; `*` stands for all others. Source: kubectl `create_role.go` `Complete`. */
export function distinctVerbs(verbs: readonly string[]): readonly string[] {
  return verbs.includes('*') ? ['*'] : [...new Set(verbs)]
}

/** Reads `--resource`; behind a bare `*` nothing more is looked at. */
export function parseRuleResources(texts: readonly string[]): readonly RuleResource[] {
  const star = texts.indexOf('*')
  return (star === -1 ? texts : texts.slice(0, star + 1)).map((text) => {
    const [path = '', ...subresource] = text.split('/')
    const [resource = '', ...group] = path.split('.')
    return {resource, group: group.join('.'), subresource: subresource.join('/')}
  })
}

/** Warnings for verbs that are not usual. Throws kubectl's errors for what cannot be a rule about resources. */
export function requireResourceRule({verbs, resources}: RuleOptions, among: readonly ResourceType[]): readonly string[] {
  for (const wanted of resources) {
    if (wanted.resource === '') throw new UserError('resource must be specified if apiGroup/subresource specified')
    if (wanted.resource === '*') break
    requireKnown(wanted, verbs, among)
  }
  return verbs.filter((verb) => !RESOURCE_VERBS.has(verb)).map((verb) => `Warning: '${verb}' is not a standard resource verb`)
}

function requireKnown(wanted: RuleResource, verbs: readonly string[], among: readonly ResourceType[]): void {
  const found = resolve(wanted, among)
  const {resource, group} = found ?? wanted
  const special = verbs.filter((verb) => SPECIAL[verb] !== undefined)
  for (const verb of special) {
    if (SPECIAL[verb]?.includes(`${resource}.${group}`) !== true) throw new UserError(`can not perform '${verb}' on '${resource}' in group '${group}'`)
  }
  if (found !== undefined || special.length > 0) return
  throw new UserError(`the server doesn't have a resource type "${wanted.resource}"${wanted.group === '' ? '' : ` in group "${wanted.group}"`}`, {isBare: true})
}

/** Throws kubectl's errors for verbs that URLs do not have, and for what is no URL. Source: kubectl `create_clusterrole.go` `Validate`. */
export function requireUrlRule(verbs: readonly string[], urls: readonly string[]): void {
  for (const verb of verbs) if (!URL_VERBS.has(verb)) throw new UserError(`invalid verb: '${verb}' for nonResourceURL`)
  for (const url of urls) {
    if (url !== '*' && !url.startsWith('/')) throw new UserError('nonResourceURL should start with /')
    if (url.slice(0, -1).includes('*')) throw new UserError("nonResourceURL only supports wildcard matches when '*' is at the end")
  }
}

/** A rule for each API group, in the order of their names, and one for URLs. Source: kubectl `create_role.go` `generateResourcePolicyRules`. */
export function rulesOf({verbs, resources, resourceNames, nonResourceURLs = []}: RuleOptions, among: readonly ResourceType[]): readonly Json[] {
  const byGroup = new Map<string, Set<string>>()
  for (const wanted of resources) {
    const {resource, group} = resolve(wanted, among) ?? wanted
    const named = byGroup.get(group) ?? new Set()
    byGroup.set(group, named.add(wanted.subresource === '' ? resource : `${resource}/${wanted.subresource}`))
  }
  const names = resourceNames.length === 0 ? {} : {resourceNames: [...new Set(resourceNames)]}
  const rules = [...byGroup]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([group, named]) => ({verbs: [...verbs], apiGroups: [group], resources: [...named], ...names}))
  return [...rules, ...(nonResourceURLs.length === 0 ? [] : [{verbs: [...verbs], nonResourceURLs: [...nonResourceURLs]}])]
}

/** The plural and group of a type in any spelling; undefined where there is none. */
function resolve({resource, group}: RuleResource, among: readonly ResourceType[]): {readonly resource: string; readonly group: string} | undefined {
  const type = findResource(group === '' ? resource : `${resource}.${group}`, among)
  return type === undefined ? undefined : {resource: type.plural, group: type.group}
}

import type {KubeObject, ObjectMeta} from '../../api/object.js'
import type {ResourceType} from '../../api/resource-type.js'
import {UserError} from '../../base/user-error.js'
import {requireResourceRule, requireUrlRule, rulesOf, type RuleOptions} from './role-rules.js'

const VERSION = 'rbac.authorization.k8s.io/v1'

/** A role, and warnings about it. */
export interface MadeRole {
  readonly object: KubeObject
  readonly warnings: readonly string[]
}

/** A Role with one rule for each API group. Throws kubectl's UserErrors. Source: kubectl `create_role.go`. */
export function roleOf(metadata: ObjectMeta, options: RuleOptions, among: readonly ResourceType[]): MadeRole {
  if (options.verbs.length === 0) throw new UserError('at least one verb must be specified')
  if (options.resources.length === 0) throw new UserError('at least one resource must be specified')
  const warnings = requireResourceRule(options, among)
  return {object: {kind: 'Role', apiVersion: VERSION, metadata, ...{rules: rulesOf(options, among)}}, warnings}
}

export interface ClusterRoleOptions extends RuleOptions {
  readonly nonResourceURLs: readonly string[]
  /** Labels of the roles whose rules it takes; empty where it has its own. */
  readonly aggregation: Readonly<Record<string, string>>
}

/** A ClusterRole with rules, or made of others. Throws kubectl's UserErrors. Source: kubectl `create_clusterrole.go`. */
export function clusterRoleOf({name}: ObjectMeta, options: ClusterRoleOptions, among: readonly ResourceType[]): MadeRole {
  const head = {kind: 'ClusterRole', apiVersion: VERSION, metadata: {name}}
  const {verbs, resources, resourceNames, nonResourceURLs: urls, aggregation} = options
  if (Object.keys(aggregation).length > 0) {
    const isPure = [verbs, resources, resourceNames, urls].every(({length}) => length === 0)
    if (!isPure) throw new UserError('aggregation rule must be specified without nonResourceURLs, verbs, resources or resourceNames')
    return {object: {...head, ...{rules: null, aggregationRule: {clusterRoleSelectors: [{matchLabels: aggregation}]}}}, warnings: []}
  }
  if (verbs.length === 0) throw new UserError('at least one verb must be specified')
  if (resources.length === 0 && urls.length === 0) throw new UserError('one of resource or nonResourceURL must be specified')
  const warnings = resources.length === 0 ? [] : requireResourceRule(options, among)
  if (urls.length > 0) requireUrlRule(verbs, urls)
  return {object: {...head, ...{rules: rulesOf(options, among)}}, warnings}
}

/** `KEY=VALUE,…` of `--aggregation-rule`. Throws pflag's error. */
export function parseAggregation(text: string): Readonly<Record<string, string>> {
  const pairs = text.split(',').map((pair) => {
    const at = pair.indexOf('=')
    if (at !== -1) return [pair.slice(0, at), pair.slice(at + 1)] as const
    throw new UserError(`invalid argument "${text}" for "--aggregation-rule" flag: malformed pair, expect string=string`, {
      hint: "See 'tshift create clusterrole --help' for usage.",
    })
  })
  return Object.fromEntries(pairs)
}

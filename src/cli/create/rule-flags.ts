import {Flags} from '@oclif/core'
import {repeatable, repeatableList} from '../flags/repeatable.js'
import {distinctVerbs, parseRuleResources, type RuleOptions} from './role-rules.js'

/** What a role allows. */
export const ruleFlags = {
  verb: Flags.string({...repeatableList, description: 'what may be done (repeatable)', helpValue: 'VERB,…'}),
  resource: Flags.string({...repeatableList, description: 'what it may be done to (repeatable)', helpValue: 'RESOURCE,…'}),
  'resource-name': Flags.string({...repeatable, description: 'the only one of the resources that is meant (repeatable)', helpValue: 'NAME'}),
}

type RuleFlags = {readonly [name in keyof typeof ruleFlags]?: readonly string[] | undefined}

/** What `ruleFlags` say. Throws a UserError for a resource that cannot be read. */
export function ruleOptions({verb = [], resource = [], 'resource-name': resourceNames = []}: RuleFlags): RuleOptions {
  return {verbs: distinctVerbs(verb), resources: parseRuleResources(resource), resourceNames}
}

import {Flags} from '@oclif/core'
import type {KubeObject} from '../../api/object.js'
import {GenerateCommand, generateFlags} from '../../cli/create/generate-command.js'
import {distinctVerbs, parseRuleResources} from '../../cli/create/role-rules.js'
import {clusterRoleOf, parseAggregation} from '../../cli/create/roles.js'
import {typesInStore} from '../../resources/types-in-store.js'

const many = {multiple: true, multipleNonGreedy: true} as const

export default class CreateClusterRole extends GenerateCommand {
  static override usage = 'create clusterrole NAME --verb=VERB --resource=RESOURCE.GROUP [--resource-name=NAME]'
  static override summary = 'Create a ClusterRole (kept; nothing is refused for want of one).'
  static override examples = [
    '<%= config.bin %> create clusterrole pod-reader --verb=get,list,watch --resource=pods',
    "<%= config.bin %> create clusterrole log-reader --verb=get --non-resource-url='/logs/*' --dry-run=client -o yaml",
    '<%= config.bin %> create clusterrole monitoring --aggregation-rule=rbac.example.com/aggregate-to-monitoring=true',
  ]
  static override strict = false
  static override flags = {
    ...generateFlags,
    verb: Flags.string({...many, delimiter: ',', description: 'what may be done (repeatable)', helpValue: 'VERB,…'}),
    resource: Flags.string({...many, delimiter: ',', description: 'what it may be done to (repeatable)', helpValue: 'RESOURCE,…'}),
    'resource-name': Flags.string({...many, description: 'the only one of the resources that is meant (repeatable)', helpValue: 'NAME'}),
    'non-resource-url': Flags.string({
      ...many,
      delimiter: ',',
      description: 'a path, or the beginning of paths, that may be asked for (repeatable)',
      helpValue: 'PATH',
    }),
    'aggregation-rule': Flags.string({description: 'labels of the ClusterRoles whose rules it takes', helpValue: 'KEY=VALUE,…'}),
  }

  async run(): Promise<readonly KubeObject[]> {
    const {flags, argv} = await this.parse(CreateClusterRole)
    const aggregation = flags['aggregation-rule'] === undefined ? {} : parseAggregation(flags['aggregation-rule'])
    const metadata = this.metadata(this.requireName(argv), flags)
    const {verb = [], resource = [], 'resource-name': resourceNames = [], 'non-resource-url': nonResourceURLs = []} = flags
    const {resources} = await this.session()
    const options = {verbs: distinctVerbs(verb), resources: parseRuleResources(resource), resourceNames, nonResourceURLs, aggregation}
    const {object, warnings} = clusterRoleOf(metadata, options, await typesInStore(resources))
    for (const warning of warnings) this.say(warning)
    return this.finish(object, flags)
  }
}

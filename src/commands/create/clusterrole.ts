import {Flags} from '@oclif/core'
import type {KubeObject} from '../../api/object.js'
import {GenerateCommand, generateFlags} from '../../cli/create/generate-command.js'
import {clusterRoleOf, parseAggregation} from '../../cli/create/roles.js'
import {ruleFlags, ruleOptions} from '../../cli/create/rule-flags.js'
import {repeatableList} from '../../cli/flags/repeatable.js'
import {typesInStore} from '../../resources/types-in-store.js'

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
    ...ruleFlags,
    'non-resource-url': Flags.string({
      ...repeatableList,
      description: 'a path, or the beginning of paths, that may be asked for (repeatable)',
      helpValue: 'PATH',
    }),
    'aggregation-rule': Flags.string({description: 'labels of the ClusterRoles whose rules it takes', helpValue: 'KEY=VALUE,…'}),
  }

  async run(): Promise<readonly KubeObject[]> {
    const {flags, argv} = await this.parse(CreateClusterRole)
    const aggregation = flags['aggregation-rule'] === undefined ? {} : parseAggregation(flags['aggregation-rule'])
    const metadata = this.metadata(this.requireName(argv), flags)
    const {resources} = await this.session()
    const options = {...ruleOptions(flags), nonResourceURLs: flags['non-resource-url'] ?? [], aggregation}
    const {object, warnings} = clusterRoleOf(metadata, options, await typesInStore(resources))
    for (const warning of warnings) this.say(warning)
    return this.finish(object, flags)
  }
}

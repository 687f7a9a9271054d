import {Flags} from '@oclif/core'
import {BaseCommand} from '../cli/base-command.js'
import {refuseArguments} from '../cli/command-line/refuse-arguments.js'
import {repeatableList} from '../cli/flags/repeatable.js'
import {apiResources, formatApiResources, type ApiResource} from '../cli/verbs/api-resources.js'
import {typesInStore} from '../resources/types-in-store.js'

export default class ApiResources extends BaseCommand {
  static override summary = 'List the resources there are, with their short names, versions and kinds.'
  static override examples = [
    '<%= config.bin %> api-resources',
    '<%= config.bin %> api-resources --api-group=networking.istio.io',
    '<%= config.bin %> api-resources --namespaced=false -o name',
    '<%= config.bin %> api-resources --verbs=list --categories=istio-io -o wide',
  ]

  static override strict = false
  static override flags = {
    'api-group': Flags.string({description: "only those of a group; '' is the core group", helpValue: 'GROUP'}),
    namespaced: Flags.boolean({description: 'only those within namespaces, or outside of them', allowNo: true}),
    verbs: Flags.string({description: 'only those with all of these verbs', helpValue: 'VERB,…', ...repeatableList}),
    categories: Flags.string({description: 'only those in all of these', helpValue: 'CATEGORY,…', ...repeatableList}),
    'sort-by': Flags.string({description: 'name or kind', default: '', helpValue: 'FIELD'}),
    'no-headers': Flags.boolean({description: 'no header line', default: false}),
    cached: Flags.boolean({description: 'taken as kubectl takes it; what is listed is always current here', default: false}),
    'show-managed-fields': Flags.boolean({description: 'as kubectl has it; what is listed has no managed fields', default: false}),
    output: Flags.string({char: 'o', description: 'wide, name, json, yaml or kyaml', default: '', helpValue: 'FORMAT'}),
  }

  async run(): Promise<readonly ApiResource[]> {
    const {flags, argv} = await this.parse(ApiResources)
    refuseArguments(argv as string[], 'api-resources')
    const {resources} = await this.session()
    const {namespaced, verbs = [], categories = [], 'api-group': group, 'sort-by': sortBy} = flags
    const found = apiResources(await typesInStore(resources), {group, namespaced, verbs, categories, sortBy})
    this.out(formatApiResources(found, flags.output, flags['no-headers']))
    return found
  }
}

import {Flags} from '@oclif/core'
import type {KubeObject} from '../../api/object.js'
import {GenerateCommand, generateFlags} from '../../cli/create/generate-command.js'
import {distinctVerbs, parseRuleResources} from '../../cli/create/role-rules.js'
import {roleOf} from '../../cli/create/roles.js'
import {typesInStore} from '../../resources/types-in-store.js'

const many = {multiple: true, multipleNonGreedy: true} as const

export default class CreateRole extends GenerateCommand {
  static override usage = 'create role NAME --verb=VERB --resource=RESOURCE.GROUP/SUBRESOURCE [--resource-name=NAME]'
  static override summary = 'Create a Role (kept; nothing is refused for want of one).'
  static override examples = [
    '<%= config.bin %> create role pod-reader --verb=get --verb=list --verb=watch --resource=pods',
    '<%= config.bin %> create role shifter --verb=get,patch --resource=virtualservices.networking.istio.io --dry-run=client -o yaml',
  ]
  static override strict = false
  static override flags = {
    ...generateFlags,
    verb: Flags.string({...many, delimiter: ',', description: 'what may be done (repeatable)', helpValue: 'VERB,…'}),
    resource: Flags.string({...many, delimiter: ',', description: 'what it may be done to (repeatable)', helpValue: 'RESOURCE,…'}),
    'resource-name': Flags.string({...many, description: 'the only one of the resources that is meant (repeatable)', helpValue: 'NAME'}),
  }

  async run(): Promise<readonly KubeObject[]> {
    const {flags, argv} = await this.parse(CreateRole)
    const metadata = this.metadata(this.requireName(argv), flags)
    const {verb = [], resource = [], 'resource-name': resourceNames = []} = flags
    const {resources} = await this.session()
    const options = {verbs: distinctVerbs(verb), resources: parseRuleResources(resource), resourceNames}
    const {object, warnings} = roleOf(metadata, options, await typesInStore(resources))
    for (const warning of warnings) this.say(warning)
    return this.finish(object, flags)
  }
}

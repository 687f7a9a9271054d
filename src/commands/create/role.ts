import type {KubeObject} from '../../api/object.js'
import {GenerateCommand, generateFlags} from '../../cli/create/generate-command.js'
import {roleOf} from '../../cli/create/roles.js'
import {ruleFlags, ruleOptions} from '../../cli/create/rule-flags.js'
import {typesInStore} from '../../resources/types-in-store.js'

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
    ...ruleFlags,
  }

  async run(): Promise<readonly KubeObject[]> {
    const {flags, argv} = await this.parse(CreateRole)
    const metadata = this.metadata(this.requireName(argv), flags)
    const {resources} = await this.session()
    const {object, warnings} = roleOf(metadata, ruleOptions(flags), await typesInStore(resources))
    for (const warning of warnings) this.say(warning)
    return this.finish(object, flags)
  }
}

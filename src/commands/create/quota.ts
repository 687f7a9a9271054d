import {Flags} from '@oclif/core'
import type {KubeObject} from '../../api/object.js'
import {GenerateCommand, generateFlags} from '../../cli/create/generate-command.js'
import {quotaOf} from '../../cli/create/quota.js'
import {repeatableList} from '../../cli/flags/repeatable.js'

export default class CreateQuota extends GenerateCommand {
  static override aliases = ['create:resourcequota']
  static override usage = 'create quota NAME [--hard=RESOURCE=AMOUNT,…] [--scopes=SCOPE,…]'
  static override summary = 'Create a ResourceQuota (kept; nothing is counted against it).'
  static override examples = ['<%= config.bin %> create quota small --hard=pods=10 --dry-run=client -o yaml']
  static override strict = false
  static override flags = {
    ...generateFlags,
    hard: Flags.string({...repeatableList, description: 'what there may be of each', helpValue: 'RESOURCE=AMOUNT,…'}),
    scopes: Flags.string({...repeatableList, description: 'what the quota is about', helpValue: 'SCOPE,…'}),
  }

  async run(): Promise<readonly KubeObject[]> {
    const {flags, argv} = await this.parse(CreateQuota)
    return this.finish(quotaOf(this.metadata(this.requireName(argv), flags), flags.hard ?? [], flags.scopes ?? []), flags)
  }
}

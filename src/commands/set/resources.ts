import {Flags} from '@oclif/core'
import type {KubeObject} from '../../api/object.js'
import {resourcesChange} from '../../cli/set/resources-change.js'
import {SetCommand, setFlags} from '../../cli/set/set-command.js'

export default class SetResources extends SetCommand {
  static override usage = 'set resources (-f FILE | TYPE NAME) [--limits=cpu=200m,memory=512Mi] [--requests=cpu=100m]'
  static override summary = 'Change what containers may use and ask for (kept and shown; nothing is limited).'
  static override examples = ['<%= config.bin %> set resources deployment/tcp-echo-v1 --limits=cpu=200m,memory=512Mi --dry-run=client -o yaml']
  static override strict = false
  static override flags = {
    ...setFlags,
    containers: Flags.string({char: 'c', description: 'containers that are meant; * stands for anything', default: '*', helpValue: 'NAME'}),
    limits: Flags.string({description: 'what they may use', helpValue: 'NAME=AMOUNT,…'}),
    requests: Flags.string({description: 'what they ask for', helpValue: 'NAME=AMOUNT,…'}),
  }

  async run(): Promise<readonly KubeObject[]> {
    const {flags, argv} = await this.parse(SetResources)
    const objects = await this.objects(argv as string[], flags)
    return this.change(objects, resourcesChange(flags), flags)
  }
}

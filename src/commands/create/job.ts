import {Flags} from '@oclif/core'
import type {KubeObject} from '../../api/object.js'
import {UserError} from '../../base/user-error.js'
import {GenerateCommand, generateFlags} from '../../cli/create/generate-command.js'
import {jobOf} from '../../cli/create/workloads.js'

export default class CreateJob extends GenerateCommand {
  static override usage = 'create job NAME --image=IMAGE [-- COMMAND [ARG]…]'
  static override summary = 'Create a Job.'
  static override examples = ['<%= config.bin %> create job once --image=busybox --dry-run=client -o yaml -- date']
  static override strict = false
  static override flags = {...generateFlags, image: Flags.string({description: 'image to run', helpValue: 'IMAGE'})}

  async run(): Promise<readonly KubeObject[]> {
    const {own, command} = this.splitArgv()
    const {flags, argv} = await this.parse(CreateJob, own)
    const name = this.requireName(argv)
    if ((flags.image ?? '') === '') throw new UserError('either --image or --from must be specified')
    return this.finish(jobOf(this.metadata(name, flags), {image: flags.image ?? '', command}), flags)
  }
}

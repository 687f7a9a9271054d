import {Flags} from '@oclif/core'
import type {KubeObject} from '../../api/object.js'
import {GenerateCommand, generateFlags, requireFlags} from '../../cli/create/generate-command.js'
import {cronJobOf} from '../../cli/create/workloads.js'

export default class CreateCronJob extends GenerateCommand {
  static override aliases = ['create:cj']
  static override usage = "create cronjob NAME --image=IMAGE --schedule='0/5 * * * ?' [-- COMMAND [ARG]…]"
  static override summary = 'Create a CronJob.'
  static override examples = ["<%= config.bin %> create cronjob often --image=busybox --schedule='*/1 * * * *' --dry-run=client -o yaml -- date"]
  static override strict = false
  static override flags = {
    ...generateFlags,
    image: Flags.string({description: 'image to run', helpValue: 'IMAGE'}),
    schedule: Flags.string({description: "when to run it, as cron has it: '*/5 * * * *'", helpValue: 'SCHEDULE'}),
    restart: Flags.option({options: ['OnFailure', 'Never'] as const, default: 'OnFailure' as const, description: 'whether a run that fails is tried again'})(),
  }

  async run(): Promise<readonly KubeObject[]> {
    const {own, command} = this.splitArgv()
    const {flags, argv} = await this.parse(CreateCronJob, own)
    requireFlags({image: flags.image, schedule: flags.schedule})
    const name = this.requireName(argv)
    const {image = '', schedule = '', restart} = flags
    return this.finish(cronJobOf(this.metadata(name, flags), {image, command, schedule, restart}), flags)
  }
}

import {Flags} from '@oclif/core'
import type {KubeObject, ObjectMeta} from '../../api/object.js'
import {UserError} from '../../base/user-error.js'
import {GenerateCommand, generateFlags} from '../../cli/create/generate-command.js'
import {cronJobNamed, jobFrom} from '../../cli/create/job-from.js'
import {jobOf} from '../../cli/create/workloads.js'
import {currentNamespace} from '../../cli/context/context-file.js'

export default class CreateJob extends GenerateCommand {
  static override usage = ['create job NAME --image=IMAGE [-- COMMAND [ARG]…]', 'create job NAME --from=cronjob/NAME']
  static override summary = 'Create a Job, of an image or as a run of a CronJob.'
  static override examples = [
    '<%= config.bin %> create job once --image=busybox --dry-run=client -o yaml -- date',
    '<%= config.bin %> create job now --from=cronjob/nightly',
  ]
  static override strict = false
  static override flags = {
    ...generateFlags,
    image: Flags.string({description: 'image to run', helpValue: 'IMAGE'}),
    from: Flags.string({description: 'CronJob to run once', helpValue: 'cronjob/NAME'}),
  }

  async run(): Promise<readonly KubeObject[]> {
    const {own, command} = this.splitArgv()
    const {flags, argv} = await this.parse(CreateJob, own)
    const metadata = this.metadata(this.requireName(argv), flags)
    const {image = '', from = ''} = flags
    if ((image === '') === (from === '')) throw new UserError('either --image or --from must be specified')
    if (from !== '' && command.length > 0) throw new UserError('cannot specify --from and command')
    return this.finish(from === '' ? jobOf(metadata, {image, command}) : await this.fromCronJob(from, metadata), flags)
  }

  private async fromCronJob(from: string, metadata: ObjectMeta): Promise<KubeObject> {
    const {resources} = await this.session()
    return jobFrom(await cronJobNamed(from, metadata.namespace ?? currentNamespace(), resources), metadata)
  }
}

import type {KubeObject} from '../../api/object.js'
import {UserError} from '../../base/user-error.js'
import type {PodChange} from '../../cli/set/change-pods.js'
import {SetCommand, setFlags} from '../../cli/set/set-command.js'

export default class SetServiceAccount extends SetCommand {
  static override aliases = ['set:sa']
  static override usage = 'set serviceaccount (-f FILE | TYPE NAME) SERVICEACCOUNT'
  static override summary = 'Change the ServiceAccount of pods.'
  static override examples = ['<%= config.bin %> set serviceaccount deployment/tcp-echo-v1 default --dry-run=client -o yaml']
  static override strict = false
  static override flags = setFlags

  async run(): Promise<readonly KubeObject[]> {
    const {flags, argv} = await this.parse(SetServiceAccount)
    const account = argv.at(-1) as string | undefined
    if (account === undefined) throw new UserError('serviceaccount is required')
    const objects = await this.objects(argv.slice(0, -1) as string[], flags)
    const apply: PodChange['apply'] = (spec) => ({
      spec: {...spec, serviceAccountName: account, ...(spec.serviceAccount === undefined ? {} : {serviceAccount: account})},
    })
    return this.change(objects, {operation: 'serviceaccount updated', refusal: 'failed to patch ServiceAccountName ', apply}, flags)
  }
}

import type {KubeObject} from '../../api/object.js'
import {BaseCommand} from '../../cli/base-command.js'
import {outputFlags, printerOf} from '../../cli/flags/output.js'
import {alignRows, TABLE_LAYOUT} from '../../output/tabwriter.js'

/** The one user there is, named as kubectl's administrator. */
const REVIEW = {
  apiVersion: 'authentication.k8s.io/v1',
  kind: 'SelfSubjectReview',
  metadata: {creationTimestamp: null},
  status: {userInfo: {username: 'kubernetes-admin', groups: ['system:masters', 'system:authenticated']}},
} as const

/** What printers ask of a type. */
const TYPE = {group: 'authentication.k8s.io', kind: 'SelfSubjectReview', columns: []}

export default class AuthWhoami extends BaseCommand {
  static override summary = 'Show who you are to the cluster: its administrator.'
  static override examples = ['<%= config.bin %> auth whoami', '<%= config.bin %> auth whoami -o json']
  static override strict = false // words are taken and mean nothing, as with kubectl
  static override flags = outputFlags

  async run(): Promise<typeof REVIEW> {
    const {flags} = await this.parse(AuthWhoami)
    const {username, groups} = REVIEW.status.userInfo
    const rows = [['ATTRIBUTE', 'VALUE'], ['Username', username], ['Groups', `[${groups.join(' ')}]`]]
    if ((flags.output ?? '') === '') this.out(alignRows(rows, TABLE_LAYOUT))
    else this.out(printerOf(flags, {isMachineOnly: true, isSingle: true}).print([{type: TYPE, objects: [REVIEW as unknown as KubeObject]}]))
    return REVIEW
  }
}

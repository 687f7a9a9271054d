import {Flags} from '@oclif/core'
import {BaseCommand} from '../../cli/base-command.js'
import {refuseArguments} from '../../cli/refuse-arguments.js'
import {formatJson} from '../../output/json.js'
import {alignRows, TABLE_LAYOUT} from '../../output/tabwriter.js'
import {formatYaml} from '../../output/yaml.js'

/** The one user there is, named as kubectl's administrator. */
const REVIEW = {
  apiVersion: 'authentication.k8s.io/v1',
  kind: 'SelfSubjectReview',
  metadata: {creationTimestamp: null},
  status: {userInfo: {username: 'kubernetes-admin', groups: ['system:masters', 'system:authenticated']}},
} as const

export default class AuthWhoami extends BaseCommand {
  static override summary = 'Show who you are to the cluster: its administrator.'
  static override examples = ['<%= config.bin %> auth whoami', '<%= config.bin %> auth whoami -o json']
  static override strict = false
  static override flags = {output: Flags.option({char: 'o', options: ['json', 'yaml'] as const, description: 'print it as an object'})()}

  async run(): Promise<typeof REVIEW> {
    const {flags, argv} = await this.parse(AuthWhoami)
    refuseArguments(argv as string[], 'auth whoami')
    const {username, groups} = REVIEW.status.userInfo
    const rows = [['ATTRIBUTE', 'VALUE'], ['Username', username], ['Groups', `[${groups.join(' ')}]`]]
    if (flags.output === undefined) this.out(alignRows(rows, TABLE_LAYOUT))
    else this.out(flags.output === 'json' ? formatJson(REVIEW) : formatYaml(REVIEW))
    return REVIEW
  }
}

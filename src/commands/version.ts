import {Flags} from '@oclif/core'
import {UserError} from '../base/user-error.js'
import {BaseCommand} from '../cli/base-command.js'
import {formatVersions, versionReport, type VersionReport} from '../cli/versions.js'

export default class Version extends BaseCommand {
  static override summary = 'Print the version, and those of Kubernetes and Istio it behaves like.'
  static override examples = ['<%= config.bin %> version', '<%= config.bin %> version --client', '<%= config.bin %> version -o json']
  static override strict = false
  static override flags = {
    client: Flags.boolean({description: 'leave out what is said of the server', default: false}),
    output: Flags.string({char: 'o', description: 'json or yaml', helpValue: 'FORMAT'}),
  }

  async run(): Promise<VersionReport> {
    const {flags, argv} = await this.parse(Version)
    if (argv.length > 0) throw new UserError(`extra arguments: [${(argv as string[]).join(' ')}]`)
    const report = versionReport({tshift: this.config.version, node: process.version, os: process.platform, arch: process.arch}, flags.client)
    this.out(formatVersions(report, flags.output))
    return report
  }
}

import {Flags} from '@oclif/core'
import {BaseCommand} from '../cli/base-command.js'
import {formatJson} from '../output/json.js'

interface VersionReport {
  readonly tshift: string
  readonly node: string
  readonly platform: string
}

export default class Version extends BaseCommand {
  static override summary = 'Print the version.'
  static override examples = ['<%= config.bin %> version']
  static override flags = {output: Flags.option({char: 'o', options: ['json'] as const, description: 'how to print it'})()}

  async run(): Promise<VersionReport> {
    const {flags} = await this.parse(Version)
    const report = {tshift: this.config.version, node: process.version, platform: `${process.platform}/${process.arch}`}
    this.out(flags.output === 'json' ? formatJson(report) : `tshift ${report.tshift} (node ${report.node}, ${report.platform})\n`)
    return report
  }
}

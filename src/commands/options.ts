import {BaseCommand} from '../cli/base-command.js'
import {globalOptionsText} from '../cli/command-line/global-options.js'

export default class Options extends BaseCommand {
  static override summary = 'List the flags that every command takes.'
  static override examples = ['<%= config.bin %> options']
  static override strict = false

  async run(): Promise<string> {
    await this.parse(Options)
    const text = globalOptionsText()
    this.out(text)
    return text
  }
}

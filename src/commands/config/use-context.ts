import {Args} from '@oclif/core'
import {BaseCommand} from '../../cli/base-command.js'
import {readContexts, writeContexts} from '../../cli/context/context-file.js'
import {useContext, type Contexts} from '../../cli/context/contexts.js'

export default class ConfigUseContext extends BaseCommand {
  static override summary = 'Make a context the current one.'
  static override aliases = ['config:use']
  static override examples = ['<%= config.bin %> config use-context staging']
  static override args = {name: Args.string({description: 'the context', required: true, ignoreStdin: true})}

  async run(): Promise<Contexts> {
    const {args} = await this.parse(ConfigUseContext)
    const state = useContext(readContexts(), args.name)
    writeContexts(state)
    this.out(`Switched to context "${args.name}".\n`)
    return state
  }
}

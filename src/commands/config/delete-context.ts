import {Args} from '@oclif/core'
import {BaseCommand} from '../../cli/base-command.js'
import {contextFile, readContexts, writeContexts} from '../../cli/context/context-file.js'
import {deleteContext, type Contexts} from '../../cli/context/contexts.js'

export default class ConfigDeleteContext extends BaseCommand {
  static override summary = 'Delete a context.'
  static override examples = ['<%= config.bin %> config delete-context staging']
  static override args = {name: Args.string({description: 'the context', required: true, ignoreStdin: true})}

  async run(): Promise<Contexts> {
    const {args} = await this.parse(ConfigDeleteContext)
    const file = contextFile()
    const state = deleteContext(readContexts(), args.name, file)
    writeContexts(state)
    if (state.current === args.name) {
      this.say(`warning: this removed your active context, use "${this.config.bin} config use-context" to select a different one`)
    }
    this.out(`deleted context ${args.name} from ${file}\n`)
    return state
  }
}

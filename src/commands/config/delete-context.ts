import {ContextCommand} from '../../cli/context/context-command.js'
import {contextFile, readContexts, writeContexts} from '../../cli/context/context-file.js'
import {deleteContext, type Contexts} from '../../cli/context/contexts.js'

export default class ConfigDeleteContext extends ContextCommand {
  static override summary = 'Delete a context.'
  static override examples = ['<%= config.bin %> config delete-context staging']
  static override usage = 'config delete-context NAME'
  static override strict = false

  async run(): Promise<Contexts> {
    const {argv} = await this.parse(ConfigDeleteContext)
    const [name, ...rest] = argv as string[]
    if (name === undefined || rest.length > 0) {
      await this.showOwnHelp()
      return readContexts()
    }
    const file = contextFile()
    const state = deleteContext(readContexts(), name, file)
    writeContexts(state)
    if (state.current === name) {
      this.say(`warning: this removed your active context, use "${this.config.bin} config use-context" to select a different one`)
    }
    this.out(`deleted context ${name} from ${file}\n`)
    return state
  }
}

import {ContextCommand} from '../../cli/context/context-command.js'
import {readContexts, writeContexts} from '../../cli/context/context-file.js'
import {useContext, type Contexts} from '../../cli/context/contexts.js'

export default class ConfigUseContext extends ContextCommand {
  static override summary = 'Make a context the current one.'
  static override aliases = ['config:use']
  static override examples = ['<%= config.bin %> config use-context staging']
  static override usage = 'config use-context CONTEXT_NAME'
  static override strict = false

  async run(): Promise<Contexts> {
    const {argv} = await this.parse(ConfigUseContext)
    const [name, ...rest] = argv as string[]
    if (name === undefined || rest.length > 0) return this.refuseWords(argv)
    const state = useContext(readContexts(), name)
    writeContexts(state)
    this.out(`Switched to context "${name}".\n`)
    return state
  }
}

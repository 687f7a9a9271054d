import {ContextCommand} from '../../cli/context/context-command.js'
import {contextFile, readContexts, writeContexts} from '../../cli/context/context-file.js'
import type {Contexts} from '../../cli/context/contexts.js'
import {renameContext} from '../../cli/context/properties.js'

export default class ConfigRenameContext extends ContextCommand {
  static override usage = 'config rename-context CONTEXT_NAME NEW_NAME'
  static override summary = 'Give a context another name.'
  static override examples = ['<%= config.bin %> config rename-context staging production']
  static override strict = false

  async run(): Promise<Contexts> {
    const {argv} = await this.parse(ConfigRenameContext)
    const [from, to, ...rest] = argv as string[]
    if (from === undefined || to === undefined || rest.length > 0) return this.refuseWords(argv)
    const state = renameContext(readContexts(), {from, to, file: contextFile()})
    writeContexts(state)
    this.out(`Context "${from}" renamed to "${to}".\n`)
    return state
  }
}

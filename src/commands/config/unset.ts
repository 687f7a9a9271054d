import {ContextCommand} from '../../cli/context/context-command.js'
import {readContexts, writeContexts} from '../../cli/context/context-file.js'
import type {Contexts} from '../../cli/context/contexts.js'
import {unsetProperty} from '../../cli/context/properties.js'

export default class ConfigUnset extends ContextCommand {
  static override usage = 'config unset PROPERTY_NAME'
  static override summary = 'Take away the current context, a context or its namespace.'
  static override examples = ['<%= config.bin %> config unset contexts.tshift.namespace', '<%= config.bin %> config unset current-context']
  static override strict = false

  async run(): Promise<Contexts> {
    const {argv} = await this.parse(ConfigUnset)
    const [property, ...rest] = argv as string[]
    if (property === undefined || rest.length > 0) return this.refuseWords(argv)
    const state = unsetProperty(readContexts(), property)
    writeContexts(state)
    this.out(`Property "${property}" unset.\n`)
    return state
  }
}

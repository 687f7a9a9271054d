import {UserError} from '../../base/user-error.js'
import {BaseCommand} from '../../cli/base-command.js'
import {readContexts, writeContexts} from '../../cli/context/context-file.js'
import type {Contexts} from '../../cli/context/contexts.js'
import {unsetProperty} from '../../cli/context/properties.js'

export default class ConfigUnset extends BaseCommand {
  static override usage = 'config unset PROPERTY_NAME'
  static override summary = 'Take away the current context, a context or its namespace.'
  static override examples = ['<%= config.bin %> config unset contexts.tshift.namespace', '<%= config.bin %> config unset current-context']
  static override strict = false

  async run(): Promise<Contexts> {
    const {argv} = await this.parse(ConfigUnset)
    const [property, ...rest] = argv as string[]
    if (property === undefined || rest.length > 0) throw new UserError(`Unexpected args: [${argv.join(' ')}]`)
    const state = unsetProperty(readContexts(), property)
    writeContexts(state)
    this.out(`Property "${property}" unset.\n`)
    return state
  }
}

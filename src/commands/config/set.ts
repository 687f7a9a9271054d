import {Flags} from '@oclif/core'
import {ContextCommand} from '../../cli/context/context-command.js'
import {readContexts, writeContexts} from '../../cli/context/context-file.js'
import type {Contexts} from '../../cli/context/contexts.js'
import {setProperty} from '../../cli/context/properties.js'

export default class ConfigSet extends ContextCommand {
  static override usage = 'config set PROPERTY_NAME PROPERTY_VALUE'
  static override summary = 'Set the current context, or the namespace of a context.'
  static override examples = ['<%= config.bin %> config set contexts.tshift.namespace demo', '<%= config.bin %> config set current-context tshift']
  static override strict = false
  static override flags = {'set-raw-bytes': Flags.boolean({description: 'as kubectl has it; no property here holds bytes', default: false})}

  async run(): Promise<Contexts> {
    const {argv} = await this.parse(ConfigSet)
    const [property, value, ...rest] = argv as string[]
    if (property === undefined || value === undefined || rest.length > 0) return this.refuseWords(argv)
    const state = setProperty(readContexts(), property, value)
    writeContexts(state)
    this.out(`Property "${property}" set.\n`)
    return state
  }
}

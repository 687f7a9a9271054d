import {Args, Flags} from '@oclif/core'
import {UserError} from '../../base/user-error.js'
import {BaseCommand} from '../../cli/base-command.js'
import {readContexts, writeContexts} from '../../cli/context/context-file.js'
import {setContext, type Contexts} from '../../cli/context/contexts.js'
import {namespaceFlag} from '../../cli/flags/namespace.js'

export default class ConfigSetContext extends BaseCommand {
  static override summary = 'Make a context, or set the namespace of one: commands that name none then work in it.'
  static override examples = [
    '<%= config.bin %> config set-context --current --namespace=istio-io-tcp-traffic-shifting',
    '<%= config.bin %> config set-context staging --namespace=staging',
  ]
  static override args = {name: Args.string({description: 'the context', ignoreStdin: true})}
  static override flags = {...namespaceFlag, current: Flags.boolean({description: 'the current context', default: false})}

  async run(): Promise<Contexts> {
    const {flags, args} = await this.parse(ConfigSetContext)
    const before = readContexts()
    if (flags.current && args.name !== undefined) throw new UserError('you cannot specify both a context name and --current')
    if (flags.current && before.current === '') throw new UserError('no current context is set')
    const name = flags.current ? before.current : args.name
    if (name === undefined || name === '') throw new UserError('you must specify a non-empty context name or --current')
    const {state, isNew} = setContext(before, name, flags.namespace)
    writeContexts(state)
    this.out(`Context "${name}" ${isNew ? 'created' : 'modified'}.\n`)
    return state
  }
}

import {Flags} from '@oclif/core'
import {UserError} from '../../base/user-error.js'
import {ContextCommand} from '../../cli/context/context-command.js'
import {readContexts, writeContexts} from '../../cli/context/context-file.js'
import {setContext, type Contexts} from '../../cli/context/contexts.js'
import {namespaceFlag} from '../../cli/flags/namespace.js'

export default class ConfigSetContext extends ContextCommand {
  static override summary = 'Make a context, or set the namespace of one: commands that name none then work in it.'
  static override examples = [
    '<%= config.bin %> config set-context --current --namespace=istio-io-tcp-traffic-shifting',
    '<%= config.bin %> config set-context staging --namespace=staging',
  ]
  static override usage = 'config set-context [NAME | --current] [--namespace=NAMESPACE]'
  static override strict = false
  static override flags = {...namespaceFlag, current: Flags.boolean({description: 'the current context', default: false})}

  async run(): Promise<Contexts> {
    const {flags, argv} = await this.parse(ConfigSetContext)
    if (argv.length > 1) return this.refuseWords(argv)
    const [given] = argv as string[]
    const before = readContexts()
    if (flags.current && given !== undefined) throw new UserError('you cannot specify both a context name and --current')
    if (flags.current && before.current === '') throw new UserError('no current context is set')
    const name = flags.current ? before.current : given
    if (name === undefined || name === '') throw new UserError('you must specify a non-empty context name or --current')
    const {state, isNew} = setContext(before, name, flags.namespace)
    writeContexts(state)
    this.out(`Context "${name}" ${isNew ? 'created' : 'modified'}.\n`)
    return state
  }
}

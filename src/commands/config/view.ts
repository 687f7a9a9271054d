import path from 'node:path'
import {Flags} from '@oclif/core'
import {BaseCommand} from '../../cli/base-command.js'
import {contextFile, readContexts} from '../../cli/context/context-file.js'
import {toKubeconfig} from '../../cli/context/contexts.js'
import {formatJson} from '../../output/json.js'
import {formatYaml} from '../../output/yaml.js'

export default class ConfigView extends BaseCommand {
  static override summary = 'Print the contexts as a kubeconfig.'
  static override examples = ['<%= config.bin %> config view', "<%= config.bin %> config view --minify -o json"]
  static override flags = {
    output: Flags.option({char: 'o', options: ['yaml', 'json'] as const, default: 'yaml' as const, description: 'how to print it'})(),
    minify: Flags.boolean({description: 'only the current context', default: false}),
  }

  async run(): Promise<ReturnType<typeof toKubeconfig>> {
    const {flags} = await this.parse(ConfigView)
    const state = readContexts()
    const shown = flags.minify ? {...state, contexts: state.contexts.filter(({name}) => name === state.current)} : state
    const kubeconfig = toKubeconfig(shown, path.dirname(contextFile()))
    this.out(flags.output === 'json' ? formatJson(kubeconfig) : formatYaml(kubeconfig))
    return kubeconfig
  }
}

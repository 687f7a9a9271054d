import path from 'node:path'
import {Flags} from '@oclif/core'
import type {KubeObject} from '../../api/object.js'
import {BaseCommand} from '../../cli/base-command.js'
import {contextFile, readContexts} from '../../cli/context/context-file.js'
import {toKubeconfig} from '../../cli/context/contexts.js'
import {outputFlags, printerOf} from '../../cli/flags/output.js'
import {refuseArguments} from '../../cli/command-line/refuse-arguments.js'

/** What printers ask of a type. */
const CONFIG = {group: '', kind: 'Config', columns: []}

export default class ConfigView extends BaseCommand {
  static override summary = 'Print the contexts as a kubeconfig.'
  static override examples = ['<%= config.bin %> config view', "<%= config.bin %> config view --minify -o jsonpath='{..namespace}'"]
  static override strict = false
  static override flags = {
    ...outputFlags,
    minify: Flags.boolean({description: 'only the current context', default: false}),
    flatten: Flags.boolean({description: 'as kubectl has it; there are no files to take in', default: false}),
    raw: Flags.boolean({description: 'as kubectl has it; there are no secrets to hide', default: false}),
  }

  async run(): Promise<ReturnType<typeof toKubeconfig>> {
    const {flags, argv} = await this.parse(ConfigView)
    refuseArguments(argv as string[], 'config view')
    const state = readContexts()
    const shown = flags.minify ? {...state, contexts: state.contexts.filter(({name}) => name === state.current)} : state
    const kubeconfig = toKubeconfig(shown, path.dirname(contextFile()))
    this.out(flags.output === 'json' ? `${JSON.stringify(kubeconfig, undefined, 4)}\n` : this.through(flags, kubeconfig))
    return kubeconfig
  }

  /** A kubeconfig has no metadata, which is all that tells it from an object here. */
  private through(flags: Parameters<typeof printerOf>[0], kubeconfig: object): string {
    const printer = printerOf({...flags, output: flags.output ?? 'yaml', 'show-managed-fields': true}, {isSingle: true, isMachineOnly: true})
    return printer.print([{type: CONFIG, objects: [kubeconfig as unknown as KubeObject]}])
  }
}

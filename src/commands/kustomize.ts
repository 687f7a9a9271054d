import {Flags} from '@oclif/core'
import {UserError} from '../base/user-error.js'
import {BaseCommand} from '../cli/base-command.js'
import {buildKustomization} from '../cli/manifests/build-kustomization.js'
import {repeatable, repeatableList} from '../cli/flags/repeatable.js'

export default class Kustomize extends BaseCommand {
  static override usage = 'kustomize [DIR]'
  static override summary = 'Print what kustomize makes of a directory: what -k applies.'
  static override description = 'The work is done by kustomize, or by a kubectl that has it built in, whichever is on the PATH; flags are handed on to it.'
  static override examples = ['<%= config.bin %> kustomize overlays/demo', '<%= config.bin %> kustomize . -o built.yaml']
  static override strict = false
  static override flags = {
    output: Flags.string({char: 'o', description: 'where to write it, instead of standard output', helpValue: 'PATH'}),
    'as-current-user': Flags.boolean({description: 'run functions in containers as you', default: false}),
    'enable-alpha-plugins': Flags.boolean({description: "allow kustomize's plugins", default: false}),
    'enable-helm': Flags.boolean({description: 'allow Helm charts', default: false}),
    env: Flags.string({...repeatable, char: 'e', description: 'a variable for functions (repeatable)', helpValue: 'NAME=VALUE'}),
    'helm-api-versions': Flags.string({...repeatableList, description: "Helm's API versions", helpValue: 'VERSION,…'}),
    'helm-command': Flags.string({description: 'the program of Helm', helpValue: 'PATH'}),
    'helm-debug': Flags.boolean({description: 'what Helm says of its work', default: false}),
    'helm-kube-version': Flags.string({description: "Helm's version of Kubernetes", helpValue: 'VERSION'}),
    'load-restrictor': Flags.string({description: 'LoadRestrictionsNone: files may come from outside of the directory', helpValue: 'RULE'}),
    mount: Flags.string({...repeatableList, description: 'a storage option for functions', helpValue: 'OPTION'}),
    network: Flags.boolean({description: 'give functions that ask for it the network', default: false}),
    'network-name': Flags.string({description: "the network of functions' containers", helpValue: 'NAME'}),
  }

  async run(): Promise<string> {
    const {flags, argv} = await this.parse(Kustomize)
    const [directory = '.', ...rest] = argv as string[]
    if (rest.length > 0) throw new UserError('specify one path to kustomization.yaml')
    const built = await buildKustomization(directory, process.env, Object.entries(flags).flatMap(([name, value]) => flagWords(name, value)))
    this.out(built)
    return built
  }
}

function flagWords(name: string, value: unknown): readonly string[] {
  if (value === undefined || value === false) return []
  if (value === true) return [`--${name}`]
  return (Array.isArray(value) ? value : [value]).map((one) => `--${name}=${String(one)}`)
}

import type {KubeObject} from '../../api/object.js'
import {GenerateCommand, generateFlags} from '../../cli/create/generate-command.js'

export default class CreateNamespace extends GenerateCommand {
  static override aliases = ['create:ns']
  static override usage = 'create namespace NAME'
  static override summary = 'Create a namespace.'
  static override examples = ['<%= config.bin %> create namespace istio-io-tcp-traffic-shifting', '<%= config.bin %> create ns demo --dry-run=client -o yaml']
  static override strict = false
  static override flags = {...generateFlags}

  async run(): Promise<readonly KubeObject[]> {
    const {flags, argv} = await this.parse(CreateNamespace)
    const name = this.requireName(argv)
    return this.finish({kind: 'Namespace', apiVersion: 'v1', metadata: {name}, ...{spec: {}, status: {}}}, flags)
  }
}

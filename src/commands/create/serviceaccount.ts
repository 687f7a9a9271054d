import type {KubeObject} from '../../api/object.js'
import {GenerateCommand, generateFlags} from '../../cli/create/generate-command.js'

export default class CreateServiceAccount extends GenerateCommand {
  static override aliases = ['create:sa']
  static override usage = 'create serviceaccount NAME'
  static override summary = 'Create a ServiceAccount.'
  static override examples = ['<%= config.bin %> create serviceaccount tcp-echo', '<%= config.bin %> create sa tcp-echo --dry-run=client -o yaml']
  static override strict = false
  static override flags = {...generateFlags}

  async run(): Promise<readonly KubeObject[]> {
    const {flags, argv} = await this.parse(CreateServiceAccount)
    return this.finish({kind: 'ServiceAccount', apiVersion: 'v1', metadata: this.metadata(this.requireName(argv), flags)}, flags)
  }
}

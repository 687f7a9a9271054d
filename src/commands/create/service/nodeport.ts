import {Flags} from '@oclif/core'
import type {KubeObject} from '../../../api/object.js'
import {GenerateCommand, generateFlags} from '../../../cli/create/generate-command.js'
import {serviceOf} from '../../../cli/create/service.js'
import {repeatableList} from '../../../cli/flags/repeatable.js'

export default class CreateServiceNodePort extends GenerateCommand {
  static override aliases = ['create:svc:nodeport']
  static override usage = 'create service nodeport NAME [--tcp=PORT:TARGET]'
  static override summary = 'Create a Service that has a port on the node.'
  static override examples = ['<%= config.bin %> create service nodeport tcp-echo --tcp=9000:9000 --node-port=30900 --dry-run=client -o yaml']
  static override strict = false
  static override flags = {
    ...generateFlags,
    tcp: Flags.string({description: 'a port, and where to on the pods (repeatable)', helpValue: 'PORT[:TARGET]', ...repeatableList}),
    'node-port': Flags.integer({description: 'port on the node', default: 0}),
  }

  async run(): Promise<readonly KubeObject[]> {
    const {flags, argv} = await this.parse(CreateServiceNodePort)
    const name = this.requireName(argv)
    return this.finish(serviceOf(this.metadata(name, flags), {type: 'NodePort', tcp: flags.tcp ?? [], nodePort: flags['node-port']}), flags)
  }
}

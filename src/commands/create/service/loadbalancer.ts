import {Flags} from '@oclif/core'
import type {KubeObject} from '../../../api/object.js'
import {GenerateCommand, generateFlags} from '../../../cli/create/generate-command.js'
import {serviceOf} from '../../../cli/create/service.js'
import {repeatableList} from '../../../cli/flags/repeatable.js'

export default class CreateServiceLoadBalancer extends GenerateCommand {
  static override aliases = ['create:svc:loadbalancer']
  static override usage = 'create service loadbalancer NAME [--tcp=PORT:TARGET]'
  static override summary = 'Create a Service with an address for the outside.'
  static override examples = ['<%= config.bin %> create service loadbalancer tcp-echo --tcp=9000:9000 --dry-run=client -o yaml']
  static override strict = false
  static override flags = {
    ...generateFlags,
    tcp: Flags.string({description: 'a port, and where to on the pods (repeatable)', helpValue: 'PORT[:TARGET]', ...repeatableList}),
  }

  async run(): Promise<readonly KubeObject[]> {
    const {flags, argv} = await this.parse(CreateServiceLoadBalancer)
    const name = this.requireName(argv)
    return this.finish(serviceOf(this.metadata(name, flags), {type: 'LoadBalancer', tcp: flags.tcp ?? []}), flags)
  }
}

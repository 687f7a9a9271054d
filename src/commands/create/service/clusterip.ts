import {Flags} from '@oclif/core'
import type {KubeObject} from '../../../api/object.js'
import {GenerateCommand, generateFlags} from '../../../cli/create/generate-command.js'
import {serviceOf} from '../../../cli/create/service.js'
import {repeatableList} from '../../../cli/flags/repeatable.js'

export default class CreateServiceClusterIp extends GenerateCommand {
  static override aliases = ['create:svc:clusterip']
  static override usage = 'create service clusterip NAME [--tcp=PORT:TARGET]'
  static override summary = 'Create a Service with an address of its own.'
  static override examples = ['<%= config.bin %> create service clusterip tcp-echo --tcp=9000 --dry-run=client -o yaml']
  static override strict = false
  static override flags = {
    ...generateFlags,
    tcp: Flags.string({description: 'a port, and where to on the pods (repeatable)', helpValue: 'PORT[:TARGET]', ...repeatableList}),
    clusterip: Flags.string({description: 'address of the Service, or None for a headless one', helpValue: 'ADDRESS'}),
  }

  async run(): Promise<readonly KubeObject[]> {
    const {flags, argv} = await this.parse(CreateServiceClusterIp)
    const name = this.requireName(argv)
    return this.finish(serviceOf(this.metadata(name, flags), {type: 'ClusterIP', tcp: flags.tcp ?? [], clusterIP: flags.clusterip}), flags)
  }
}

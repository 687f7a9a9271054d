import {Flags} from '@oclif/core'
import type {KubeObject} from '../../../api/object.js'
import {UserError} from '../../../base/user-error.js'
import {GenerateCommand, generateFlags, requireFlags} from '../../../cli/create/generate-command.js'
import {serviceOf} from '../../../cli/create/service.js'
import {repeatableList} from '../../../cli/flags/repeatable.js'

export default class CreateServiceExternalName extends GenerateCommand {
  static override aliases = ['create:svc:externalname']
  static override usage = 'create service externalname NAME --external-name=HOST [--tcp=PORT:TARGET]'
  static override summary = 'Create a Service that stands for a name elsewhere.'
  static override examples = ['<%= config.bin %> create service externalname tcp-echo --external-name=example.com --dry-run=client -o yaml']
  static override strict = false
  static override flags = {
    ...generateFlags,
    tcp: Flags.string({description: 'a port, and where to on the pods (repeatable)', helpValue: 'PORT[:TARGET]', ...repeatableList}),
    'external-name': Flags.string({description: 'name it stands for', helpValue: 'HOST'}),
  }

  async run(): Promise<readonly KubeObject[]> {
    const {flags, argv} = await this.parse(CreateServiceExternalName)
    requireFlags({'external-name': flags['external-name']})
    const name = this.requireName(argv)
    return this.finish(
      serviceOf(this.metadata(name, flags), {type: 'ExternalName', tcp: flags.tcp ?? [], externalName: requireHost(flags['external-name'] ?? '')}),
      flags,
    )
  }
}

/** A name of DNS, with a dot at the end or not. Source: kubectl `create_service.go` `buildService`. */
function requireHost(name: string): string {
  if (/^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\.?$/.test(name)) return name
  throw new UserError(`invalid service external name ${name}`)
}

import {Flags} from '@oclif/core'
import type {KubeObject} from '../../../api/object.js'
import {readData} from '../../../cli/create/data-sources.js'
import {GenerateCommand, generateFlags} from '../../../cli/create/generate-command.js'
import {withNameHash} from '../../../cli/create/name-hash.js'
import {secretOf} from '../../../cli/create/secret.js'
import {appendHashFlag, dataFlags, dataSources} from '../../../cli/flags/data.js'

export default class CreateSecretGeneric extends GenerateCommand {
  static override usage = 'create secret generic NAME [--type=TYPE] [--from-file=[KEY=]PATH] [--from-literal=KEY=VALUE]'
  static override summary = 'Create a Secret from files, directories or literal values.'
  static override examples = [
    '<%= config.bin %> create secret generic login --from-literal=user=me --from-literal=password=secret',
    '<%= config.bin %> create secret generic credential -n istio-system --from-file=tls.key=server.key --from-file=tls.crt=server.crt --from-file=ca.crt=ca.crt',
  ]
  static override strict = false
  static override flags = {...generateFlags, ...dataFlags, ...appendHashFlag, type: Flags.string({description: 'type of the Secret', helpValue: 'TYPE'})}

  async run(): Promise<readonly KubeObject[]> {
    const {flags, argv} = await this.parse(CreateSecretGeneric)
    const name = this.requireName(argv)
    const secret = secretOf(this.metadata(name, flags), flags.type, await readData(dataSources(flags), process.env))
    return this.finish(flags['append-hash'] ? withNameHash(secret) : secret, flags)
  }
}

import {Flags} from '@oclif/core'
import type {KubeObject} from '../../../api/object.js'
import {UserError} from '../../../base/user-error.js'
import {GenerateCommand, generateFlags} from '../../../cli/create/generate-command.js'
import {withNameHash} from '../../../cli/create/name-hash.js'
import {secretOf} from '../../../cli/create/secret.js'
import {readTlsPair} from '../../../cli/create/tls-pair.js'
import {appendHashFlag} from '../../../cli/flags/data.js'

export default class CreateSecretTls extends GenerateCommand {
  static override usage = 'create secret tls NAME --cert=PATH --key=PATH'
  static override summary = 'Create a Secret of a certificate and its key, as gateways that end TLS want it.'
  static override examples = ['<%= config.bin %> create secret tls httpbin-credential -n istio-system --cert=server.crt --key=server.key']
  static override strict = false
  static override flags = {
    ...generateFlags,
    ...appendHashFlag,
    cert: Flags.string({description: 'file with the certificate, in PEM', helpValue: 'PATH'}),
    key: Flags.string({description: 'file with its private key, in PEM', helpValue: 'PATH'}),
  }

  async run(): Promise<readonly KubeObject[]> {
    const {flags, argv} = await this.parse(CreateSecretTls)
    const name = this.requireName(argv)
    if ((flags.cert ?? '') === '' || (flags.key ?? '') === '') throw new UserError('key and cert must be specified')
    const {cert, key} = await readTlsPair(flags.cert ?? '', flags.key ?? '')
    const secret = secretOf(this.metadata(name, flags), 'kubernetes.io/tls', [
      {key: 'tls.crt', value: cert},
      {key: 'tls.key', value: key},
    ])
    return this.finish(flags['append-hash'] ? withNameHash(secret) : secret, flags)
  }
}

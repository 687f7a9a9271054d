import type {Json} from '../../api/object.js'
import {proxyArgs, ProxyConfigCommand, proxyFlags} from '../../cli/inspect/proxy-config-command.js'

export default class ProxyConfigSecret extends ProxyConfigCommand {
  static override aliases = ['proxy-config:secrets', 'proxy-config:s', 'pc:secret', 'pc:secrets', 'pc:s']
  static override summary = "Show a gateway's certificates: where they come from, whether they are valid, and until when."
  static override description = 'A secret that is WARMING was never had: handshakes that need it fail. Private keys are not shown.'
  static override examples = ['<%= config.bin %> proxy-config secret', '<%= config.bin %> pc secret deploy/istio-ingressgateway -n istio-system -o json']
  static override args = proxyArgs
  static override flags = proxyFlags

  async run(): Promise<Json> {
    const {args, flags} = await this.parse(ProxyConfigSecret)
    const {secrets, secretsDump} = await this.load(args.pod, flags)
    if (flags.output === 'short') this.printSecrets(secrets)
    else this.printDocument(flags.output, secretsDump)
    return secretsDump
  }
}

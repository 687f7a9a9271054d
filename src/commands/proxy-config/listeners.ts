import {Flags} from '@oclif/core'
import type {Json} from '../../api/object.js'
import {proxyArgs, ProxyConfigCommand, proxyFlags} from '../../cli/inspect/proxy-config-command.js'
import {filterListeners, listenerTable} from '../../inspect/tables/listeners.js'

const PADDING = 1

export default class ProxyConfigListeners extends ProxyConfigCommand {
  static override aliases = ['proxy-config:listener', 'proxy-config:l', 'pc:listeners', 'pc:listener', 'pc:l']
  static override summary = "Show a gateway's listeners and where each of their filter chains leads."
  static override description = 'Weighted TCP routes are shown with their weights; istioctl shows an empty cluster for them, and so does --compat.'
  static override examples = [
    '<%= config.bin %> proxy-config listeners',
    '<%= config.bin %> pc listeners deploy/istio-ingressgateway.istio-system --port 31400 -o json',
  ]
  static override args = proxyArgs
  static override flags = {
    ...proxyFlags,
    address: Flags.string({description: 'only listeners at this address', helpValue: 'ADDRESS'}),
    port: Flags.integer({description: 'only listeners at this port', helpValue: 'PORT'}),
    type: Flags.string({description: 'only listeners of this type: HTTP, TCP, HTTP+TCP', helpValue: 'TYPE'}),
    verbose: Flags.boolean({description: 'matches and destinations', default: true, allowNo: true}),
    compat: Flags.boolean({description: "print exactly istioctl's table", default: false}),
  }

  async run(): Promise<readonly Json[]> {
    const {args, flags} = await this.parse(ProxyConfigListeners)
    const {output, address, port, type, verbose, compat} = flags
    const config = await this.load(args.pod, flags)
    const listeners = filterListeners(config.listeners, {address, port, type})
    if (output === 'short') this.printTable(listenerTable(listeners, {verbose, compat}), PADDING)
    else this.printDocument(output, listeners)
    if (output === 'short' && !compat) for (const remark of config.remarks) this.say(remark)
    return listeners
  }
}

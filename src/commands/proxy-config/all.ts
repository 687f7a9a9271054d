import {Flags} from '@oclif/core'
import type {Json} from '../../api/object.js'
import {proxyArgs, ProxyConfigCommand, proxyFlags} from '../../cli/inspect/proxy-config-command.js'
import {clusterTable} from '../../inspect/tables/clusters.js'
import {listenerTable} from '../../inspect/tables/listeners.js'
import {routeTable} from '../../inspect/tables/routes.js'

export default class ProxyConfigAll extends ProxyConfigCommand {
  static override aliases = ['proxy-config:a', 'pc:all', 'pc:a']
  static override summary = "Show all of a gateway's configuration; with -o json as Envoy's config dump."
  static override examples = ['<%= config.bin %> proxy-config all', '<%= config.bin %> pc all -o json > config_dump.json']
  static override args = proxyArgs
  static override flags = {...proxyFlags, compat: Flags.boolean({description: "print exactly istioctl's tables", default: false})}

  async run(): Promise<Json> {
    const {args, flags} = await this.parse(ProxyConfigAll)
    const {output, compat} = flags
    const {dump, clusters, listeners, routes, secrets} = await this.load(args.pod, flags)
    if (output !== 'short') {
      this.printDocument(output, dump)
      return dump
    }
    this.printTable(clusterTable(clusters, true))
    this.out('\n')
    this.printTable(listenerTable(listeners, {verbose: true, compat, named: true}), 1)
    this.out('\n')
    this.printTable(routeTable(routes, {verbose: true, named: true}))
    this.out('\n')
    this.printSecrets(secrets)
    return dump
  }
}

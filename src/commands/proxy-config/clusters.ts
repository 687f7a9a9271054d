import {Flags} from '@oclif/core'
import type {Json} from '../../api/object.js'
import {UserError} from '../../base/user-error.js'
import {proxyArgs, ProxyConfigCommand, proxyFlags} from '../../cli/inspect/proxy-config-command.js'
import {clusterTable, filterClusters, sortClusters} from '../../inspect/tables/clusters.js'

export default class ProxyConfigClusters extends ProxyConfigCommand {
  static override aliases = ['proxy-config:cluster', 'proxy-config:c', 'pc:clusters', 'pc:cluster', 'pc:c']
  static override summary = "Show a gateway's clusters: service, port, subset, and the DestinationRule that holds."
  static override examples = [
    '<%= config.bin %> proxy-config clusters',
    '<%= config.bin %> pc clusters --fqdn tcp-echo.default.svc.cluster.local --subset v1 -o yaml',
  ]
  static override args = proxyArgs
  static override flags = {
    ...proxyFlags,
    fqdn: Flags.string({description: 'only clusters of this service', helpValue: 'FQDN'}),
    port: Flags.integer({description: 'only clusters of this service port', helpValue: 'PORT'}),
    subset: Flags.string({description: 'only clusters of this subset', helpValue: 'SUBSET'}),
    direction: Flags.string({description: 'only clusters of this direction: inbound or outbound', helpValue: 'DIRECTION'}),
  }

  async run(): Promise<readonly Json[]> {
    const {args, flags} = await this.parse(ProxyConfigClusters)
    const {clusters} = await this.load(args.pod, flags)
    if (clusters.length === 0) throw new UserError('no clusters found', {hint: 'a cluster is there once a Gateway and a route lead to a service'})
    const {output, fqdn, port, subset, direction} = flags
    const found = sortClusters(filterClusters(clusters, {fqdn, port, subset, direction}))
    if (output === 'short') this.printTable(clusterTable(found))
    else this.printDocument(output, found)
    return found
  }
}

import {Flags} from '@oclif/core'
import type {Json} from '../../api/object.js'
import {proxyArgs, ProxyConfigCommand, proxyFlags} from '../../cli/inspect/proxy-config-command.js'
import {endpointTable, filterStatuses} from '../../inspect/tables/endpoints.js'

export default class ProxyConfigEndpoints extends ProxyConfigCommand {
  static override aliases = ['proxy-config:endpoint', 'proxy-config:ep', 'pc:endpoints', 'pc:endpoint', 'pc:ep']
  static override summary = "Show the endpoints of a gateway's clusters, and which of them outlier detection keeps out."
  static override examples = [
    '<%= config.bin %> proxy-config endpoints',
    '<%= config.bin %> pc endpoints --cluster "outbound|9000|v1|tcp-echo.default.svc.cluster.local"',
  ]
  static override args = proxyArgs
  static override flags = {
    ...proxyFlags,
    address: Flags.string({description: 'only endpoints at this address', helpValue: 'ADDRESS'}),
    port: Flags.integer({description: 'only endpoints at this port', helpValue: 'PORT'}),
    cluster: Flags.string({description: 'only endpoints of this cluster', helpValue: 'CLUSTER'}),
    status: Flags.string({description: 'only endpoints with this status, e.g. healthy', helpValue: 'STATUS'}),
  }

  async run(): Promise<readonly Json[]> {
    const {args, flags} = await this.parse(ProxyConfigEndpoints)
    const {output, address, port, cluster, status} = flags
    const filter = {address, port, cluster, status}
    const statuses = filterStatuses((await this.load(args.pod, flags)).statuses, filter)
    if (output === 'short') this.printTable(endpointTable(statuses, filter))
    else this.printDocument(output, statuses)
    return statuses
  }
}

import {Flags} from '@oclif/core'
import type {Json} from '../../api/object.js'
import {proxyArgs, ProxyConfigCommand, proxyFlags} from '../../cli/inspect/proxy-config-command.js'
import {routeTable} from '../../inspect/tables/routes.js'
import {textAt} from '../../inspect/envoy/reading.js'

export default class ProxyConfigRoutes extends ProxyConfigCommand {
  static override aliases = ['proxy-config:route', 'proxy-config:r', 'pc:routes', 'pc:route', 'pc:r']
  static override summary = "Show a gateway's HTTP routes. TCP routes are part of the listeners and never stand here."
  static override examples = ['<%= config.bin %> proxy-config routes']
  static override args = proxyArgs
  static override flags = {
    ...proxyFlags,
    name: Flags.string({description: 'only the route configuration of this name', helpValue: 'NAME'}),
    verbose: Flags.boolean({description: 'domains and matches', default: true, allowNo: true}),
  }

  async run(): Promise<readonly Json[]> {
    const {args, flags} = await this.parse(ProxyConfigRoutes)
    const {routes} = await this.load(args.pod, flags)
    const found = routes.filter((route) => flags.name === undefined || textAt(route, 'name') === flags.name)
    if (flags.output === 'short') this.printTable(routeTable(found, {verbose: flags.verbose}))
    else this.printDocument(flags.output, found)
    return found
  }
}

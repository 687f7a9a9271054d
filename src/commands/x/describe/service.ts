import {Args} from '@oclif/core'
import {serviceType, type Service} from '../../../api/kinds/service.js'
import {namespaceFlag} from '../../../cli/flags/namespace.js'
import {DescribeCommand, parseName} from '../../../cli/inspect/describe-command.js'
import {describeService} from '../../../inspect/describe/describe-service.js'

export default class DescribeServiceCommand extends DescribeCommand {
  static override aliases = ['x:describe:svc', 'x:des:svc', 'experimental:describe:service', 'experimental:describe:svc']
  static override summary = 'Describe a service with the Istio configuration that affects it.'
  static override examples = ['<%= config.bin %> x describe service tcp-echo', '<%= config.bin %> experimental describe svc tcp-echo.default']
  static override args = {service: Args.string({description: 'service or service.namespace', required: true, ignoreStdin: true})}
  static override flags = namespaceFlag

  async run(): Promise<readonly string[]> {
    const {args, flags} = await this.parse(DescribeServiceCommand)
    const asked = flags.namespace ?? 'default'
    const {name, namespace} = parseName(args.service, asked)
    const {resources} = await this.session()
    const service = await resources.get<Service>(serviceType, namespace, name)
    const {view} = await this.look(asked)
    const lines = describeService(service, view)
    this.printLines(lines)
    return lines
  }
}

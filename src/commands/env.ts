import {type Service, serviceType} from '../api/kinds/service.js'
import {BaseCommand} from '../cli/base-command.js'
import {INGRESS} from '../resources/cluster.js'

export default class Env extends BaseCommand {
  static override summary = "Print the tutorials' variables: where the ingress is."
  static override examples = ['eval "$(<%= config.bin %> env)" && echo $INGRESS_HOST:$TCP_INGRESS_PORT']

  async run(): Promise<Readonly<Record<string, string>>> {
    await this.parse(Env)
    const {resources} = await this.session()
    const service = await resources.get<Service>(serviceType, INGRESS.namespace, INGRESS.name)
    const port = (name: string) => service.spec?.ports?.find((candidate) => candidate.name === name)?.port
    const variables = {
      INGRESS_NAME: INGRESS.name,
      INGRESS_NS: INGRESS.namespace,
      INGRESS_HOST: service.status?.loadBalancer?.ingress?.[0]?.ip ?? '127.0.0.1',
      INGRESS_PORT: String(port('http2') ?? ''),
      SECURE_INGRESS_PORT: String(port('https') ?? ''),
      TCP_INGRESS_PORT: String(port('tcp') ?? ''),
    }
    this.out(Object.entries(variables).map(([name, value]) => `export ${name}=${value}\n`).join(''))
    return variables
  }
}

import {Flags} from '@oclif/core'
import {UserError} from '../base/user-error.js'
import {BaseCommand} from '../cli/base-command.js'
import {namespaceFlag, namespaceOf} from '../cli/flags/namespace.js'
import {podRunningTimeoutFlag, podRunningTimeoutOf} from '../cli/flags/pod-running-timeout.js'
import {repeatable} from '../cli/flags/repeatable.js'
import {forwardPorts} from '../cli/port-forward/forward-ports.js'
import {untilInterrupted} from '../cli/until-interrupted.js'

export default class PortForward extends BaseCommand {
  static override summary = 'Forward local ports to a pod.'
  static override description =
    'The pod is named, or the first of a deployment, replica set or service. A port of a service is the pod port behind it. Ends when the pod does.'
  static override usage = '<%= command.id %> TYPE/NAME [LOCAL_PORT:]REMOTE_PORT [...[LOCAL_PORT_N:]REMOTE_PORT_N]'
  static override examples = [
    '<%= config.bin %> port-forward deployment/tcp-echo-v1 15000:9000',
    '<%= config.bin %> port-forward svc/tcp-echo :9000 9001',
    '<%= config.bin %> port-forward -n istio-system svc/istio-ingressgateway 31400',
    '<%= config.bin %> port-forward --address localhost,10.19.21.23 pod/mypod 8888:tcp',
  ]

  static override strict = false
  static override flags = {
    ...namespaceFlag,
    ...podRunningTimeoutFlag('1m'),
    address: Flags.string({description: 'local IP addresses to listen on, or localhost', default: ['localhost'], ...repeatable, helpValue: 'ADDRESS,…'}),
  }

  async run(): Promise<void> {
    const {flags, argv} = await this.parse(PortForward)
    const timeoutMs = podRunningTimeoutOf(flags, 'port-forward')
    const [word, ...ports] = argv as string[]
    if (word === undefined || ports.length === 0) {
      throw new UserError('TYPE/NAME and list of ports are required for port-forward', {hint: "See 'tshift port-forward -h' for help and examples"})
    }
    const {resources} = await this.session()
    const namespace = namespaceOf(flags) ?? 'default'
    const [tell, complain] = [(line: string) => this.out(`${line}\n`), (line: string) => this.say(line)]
    await forwardPorts({word, namespace, timeoutMs, ports, addresses: flags.address}, {resources, tell, complain, signal: untilInterrupted()})
  }
}

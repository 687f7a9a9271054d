import {pathToFileURL} from 'node:url'
import {BaseCommand} from '../../cli/base-command.js'
import {homeOf} from '../../daemon/lifecycle/home.js'
import {gatewayLife} from '../../daemon/lifecycle/pid-file.js'

interface ClusterInfo {
  /** The directory that stands for the control plane. */
  readonly controlPlane: string
  /** The gateway process's socket; undefined where none runs. */
  readonly gateway: string | undefined
}

export default class ClusterInfoCommand extends BaseCommand {
  static override summary = 'Show where the state lies and where the gateway process answers.'
  static override description = 'There is no API server: commands open the store themselves, and a gateway process watches it.'
  static override examples = ['<%= config.bin %> cluster-info']
  static override strict = false // words are taken and mean nothing, as with kubectl

  async run(): Promise<ClusterInfo> {
    await this.parse(ClusterInfoCommand)
    const home = homeOf(process.env)
    const isRunning = gatewayLife(home.pidFile).type === 'running'
    const info = {controlPlane: pathToFileURL(home.directory).href, gateway: isRunning ? `unix://${home.socket}` : undefined}
    this.out(`Kubernetes control plane is running at ${info.controlPlane}\n`)
    this.out(`istio-ingressgateway is ${info.gateway === undefined ? "not running: start it with 'tshift gateway start'" : `running at ${info.gateway}`}\n`)
    this.out("\nTo further debug and diagnose cluster problems, use 'tshift gateway status' and 'tshift gateway logs'.\n")
    return info
  }
}

import {Flags} from '@oclif/core'
import {UserError} from '../../base/user-error.js'
import {BaseCommand} from '../../cli/base-command.js'
import {askGateway, gatewayNotRunning} from '../../daemon/control/control-client.js'
import type {GatewayStatus} from '../../daemon/gateway/gateway-status.js'
import {removeLeftTable} from '../../daemon/gateway/kernel-table.js'
import {homeOf} from '../../daemon/lifecycle/home.js'
import {gatewayLife} from '../../daemon/lifecycle/pid-file.js'
import {renderGatewayStatus} from '../../output/gateway-status.js'
import {formatJson} from '../../output/json.js'

export default class GatewayStatusCommand extends BaseCommand {
  static override summary = 'Show whether the gateway runs, where it listens, and what went through.'
  static override description = 'Exit code 0 when it runs and every listener is bound, 1 when one is not, 8 when the gateway does not run.'
  static override examples = ['<%= config.bin %> gateway status', '<%= config.bin %> gateway status -o json']
  static override flags = {output: Flags.option({char: 'o', options: ['text', 'json'] as const, default: 'text' as const, description: 'how to print it'})()}

  async run(): Promise<GatewayStatus> {
    const {flags} = await this.parse(GatewayStatusCommand)
    const home = homeOf(process.env)
    const life = gatewayLife(home.pidFile)
    if (life.type === 'stale') throw killed(life.pid, await removeLeftTable(home))
    if (life.type === 'stopped') throw gatewayNotRunning()
    const status = await askGateway<GatewayStatus>(home.socket, 'status')
    this.out(flags.output === 'json' ? formatJson(status) : renderGatewayStatus(status, Date.now()))
    if (status.listeners.some(({bound, alias}) => !bound && !alias)) process.exitCode = 1
    return status
  }
}

function killed(pid: number, left: string | undefined): UserError {
  return new UserError(`the gateway is not running: process ${pid} was killed${left === undefined ? '' : `; ${left}`}`, {
    hint: "start it again with 'tshift gateway start'",
    exitCode: 8,
  })
}

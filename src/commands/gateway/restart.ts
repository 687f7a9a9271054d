import {BaseCommand} from '../../cli/base-command.js'
import {gatewayArguments, gatewayFlags} from '../../cli/flags/gateway.js'
import {haltedText} from '../../cli/gateway/halted-text.js'
import {lastArguments, launchAndSay} from '../../cli/gateway/launch-and-say.js'
import {haltGateway} from '../../daemon/lifecycle/halt.js'

export default class GatewayRestart extends BaseCommand {
  static override summary = 'Stop the gateway if it runs, and start it anew; without flags as it was started before.'
  static override examples = ['<%= config.bin %> gateway restart --drain-time 5']
  static override flags = gatewayFlags

  async run(): Promise<void> {
    const {flags} = await this.parse(GatewayRestart)
    const session = await this.session()
    this.out(`${haltedText(await haltGateway(session.home))}\n`)
    const args = this.argv.length === 0 ? (lastArguments(session) ?? gatewayArguments(flags)) : gatewayArguments(flags)
    await launchAndSay(session, args, {out: (text) => this.out(text), say: (line) => this.say(line)})
  }
}

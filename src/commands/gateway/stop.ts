import {BaseCommand} from '../../cli/base-command.js'
import {haltedText} from '../../cli/gateway/halted-text.js'
import {haltGateway} from '../../daemon/lifecycle/halt.js'
import {homeOf} from '../../daemon/lifecycle/home.js'

export default class GatewayStop extends BaseCommand {
  static override aliases = ['down']
  static override summary = 'Stop the gateway and its pods. What was applied stays.'
  static override examples = ['<%= config.bin %> gateway stop']

  async run(): Promise<void> {
    await this.parse(GatewayStop)
    this.out(`${haltedText(await haltGateway(homeOf(process.env)))}\n`)
  }
}

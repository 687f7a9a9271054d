import {Flags} from '@oclif/core'
import {BaseCommand} from '../../cli/base-command.js'
import {gatewayArguments, gatewayFlags} from '../../cli/flags/gateway.js'
import {launchAndSay} from '../../cli/gateway/launch-and-say.js'

export default class GatewayStart extends BaseCommand {
  static override aliases = ['up']
  static override summary = 'Start the gateway: it runs the pods and forwards TCP by weight.'
  static override description =
    'Returns when everything that was applied is in force, or says why it cannot be. The gateway then runs in the background until ' +
    "'tshift gateway stop'; its log is shown by 'tshift gateway logs'."
  static override examples = [
    '<%= config.bin %> gateway start',
    '<%= config.bin %> gateway start --bind 127.0.0.2 --access-log',
    '<%= config.bin %> gateway start --foreground',
  ]

  static override flags = {
    ...gatewayFlags,
    foreground: Flags.boolean({description: 'stay in the foreground, for containers and CI', default: false}),
    'log-file': Flags.string({description: 'log to this file, which is rotated, and not to stdout', hidden: true, dependsOn: ['foreground']}),
  }

  async run(): Promise<void> {
    const {flags} = await this.parse(GatewayStart)
    const session = await this.session()
    if (flags.foreground) {
      const {runForeground} = await import('../../cli/gateway/foreground.js') // the whole gateway: loaded only where it runs
      await runForeground(session, flags, await this.#log(flags['log-file']))
      await session.close()
      process.exit() // nothing that was forgotten keeps a stopped gateway alive
    }
    await launchAndSay(session, gatewayArguments(flags), {out: (text) => this.out(text), say: (line) => this.say(line)})
  }

  async #log(file: string | undefined): Promise<(text: string) => void> {
    if (file === undefined) return (text) => this.out(text)
    const {RotatingLog} = await import('../../daemon/lifecycle/rotating-log.js')
    const log = new RotatingLog(file)
    process.on('uncaughtExceptionMonitor', (error) => log.write(`${new Date().toISOString()} error: ${error.stack ?? error.message}\n`)) // stderr may lead to a log of long ago
    return (text) => log.write(text)
  }
}

import {existsSync} from 'node:fs'
import {Flags} from '@oclif/core'
import {UserError} from '../../base/user-error.js'
import {BaseCommand} from '../../cli/base-command.js'
import {followFile} from '../../cli/follow-file.js'
import {untilInterrupted} from '../../cli/until-interrupted.js'
import {homeOf} from '../../daemon/lifecycle/home.js'

export default class GatewayLogs extends BaseCommand {
  static override summary = "Show the gateway process's log."
  static override examples = ['<%= config.bin %> gateway logs', '<%= config.bin %> gateway logs -f --tail 10']
  static override flags = {
    follow: Flags.boolean({char: 'f', description: 'go on printing what is written', default: false}),
    tail: Flags.integer({description: 'only the last lines', helpValue: 'LINES'}),
  }

  async run(): Promise<void> {
    const {flags} = await this.parse(GatewayLogs)
    const signal = flags.follow ? untilInterrupted() : AbortSignal.abort()
    const {log} = homeOf(process.env)
    if (!existsSync(log)) {
      throw new UserError(`there is no log at ${log}`, {hint: "the gateway has not been started in the background yet: 'tshift gateway start'"})
    }
    for await (const text of followFile(log, {tail: flags.tail, signal, rotated: true})) this.out(text)
  }
}

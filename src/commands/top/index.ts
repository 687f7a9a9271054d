import {setTimeout as delay} from 'node:timers/promises'
import {Flags} from '@oclif/core'
import {BaseCommand} from '../../cli/base-command.js'
import {parseDuration} from '../../cli/duration.js'
import {untilInterrupted} from '../../cli/until-interrupted.js'
import {askGateway} from '../../daemon/control/control-client.js'
import type {GatewayStatus} from '../../daemon/gateway/gateway-status.js'
import {homeOf} from '../../daemon/lifecycle/home.js'
import {renderTop, type TopSample} from '../../output/top-view.js'

const CLEAR = '\x1b[H\x1b[2J'

export default class Top extends BaseCommand {
  static override summary = 'Watch what goes through the gateway: weight and observed share, connections, bytes and errors by subset.'
  static override description = 'On a terminal the view is redrawn in place until Ctrl-C; otherwise it is printed again and again.'
  static override examples = ['<%= config.bin %> top', '<%= config.bin %> top --interval 500ms --count 3']
  static override flags = {
    interval: Flags.string({description: 'between two looks', default: '1s', helpValue: 'DURATION'}),
    count: Flags.integer({description: 'number of looks (default: until Ctrl-C)', min: 1}),
  }

  async run(): Promise<void> {
    const {flags} = await this.parse(Top)
    const intervalMs = parseDuration(flags.interval, '--interval')
    const {socket} = homeOf(process.env)
    const signal = untilInterrupted()
    let before = await sample(socket)
    for (let looks = 0; looks < (flags.count ?? Infinity); looks++) {
      await delay(intervalMs, undefined, {signal}).catch(() => undefined) // interrupted: the loop ends below
      if (signal.aborted) return
      const now = await sample(socket)
      this.out(`${process.stdout.isTTY ? CLEAR : ''}${renderTop(before, now)}`)
      before = now
    }
  }
}

async function sample(socket: string): Promise<TopSample> {
  const status = await askGateway<GatewayStatus>(socket, 'status')
  return {...status, atMs: Date.now()}
}

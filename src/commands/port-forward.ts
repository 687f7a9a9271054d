import {Flags} from '@oclif/core'
import {once} from 'node:events'
import type {Server} from 'node:net'
import {BaseCommand} from '../cli/base-command.js'
import {namespaceFlag, namespaceOf} from '../cli/flags/namespace.js'
import {forward} from '../cli/port-forward/forward.js'
import {parsePortPair} from '../cli/port-forward/ports.js'
import {forwardTarget} from '../cli/port-forward/target.js'
import {untilInterrupted} from '../cli/until-interrupted.js'
import {waitGone} from '../cli/verbs/wait-gone.js'
import {UserError} from '../base/user-error.js'

export default class PortForward extends BaseCommand {
  static override summary = 'Forward local ports to a pod, a service or a deployment.'
  static override examples = [
    '<%= config.bin %> port-forward deployment/tcp-echo-v1 15000:9000',
    '<%= config.bin %> port-forward svc/tcp-echo :9000',
  ]

  static override strict = false
  static override flags = {
    ...namespaceFlag,
    address: Flags.string({description: 'local addresses to listen on', default: 'localhost', helpValue: 'ADDRESS,…'}),
  }

  async run(): Promise<void> {
    const {flags, argv} = await this.parse(PortForward)
    const [word, ...ports] = argv as string[]
    if (word === undefined || ports.length === 0) {
      throw new UserError('TYPE/NAME and list of ports are required for port-forward', {hint: "e.g. 'tshift port-forward svc/tcp-echo 15000:9000'"})
    }
    const {resources} = await this.session()
    const target = await forwardTarget(word, namespaceOf(flags) ?? 'default', resources)
    const addresses = flags.address.split(',').flatMap((address) => (address === 'localhost' ? ['127.0.0.1', '::1'] : [address]))
    const say = (line: string) => this.out(`${line}\n`)
    const servers: Server[] = []
    try {
      for (const {local, remote} of ports.map(parsePortPair)) servers.push(...(await forward({addresses, local, say, ...target.resolve(remote)})))
      const isLost = await Promise.race([interrupted(), waitGone(resources, target.pod, {timeoutMs: 0}).then(() => true)])
      if (isLost) throw new UserError('lost connection to pod')
    } catch (error) {
      this.fail(error)
    }
    for (const server of servers) server.close()
    process.exit() // connections that are still open go with us
  }
}

async function interrupted(): Promise<false> {
  await once(untilInterrupted(), 'abort')
  return false
}

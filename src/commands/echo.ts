import {Args, Flags} from '@oclif/core'
import {BaseCommand} from '../cli/base-command.js'
import {untilInterrupted} from '../cli/until-interrupted.js'

export default class Echo extends BaseCommand {
  static override summary = "Run Istio's tcp-echo server here: each line comes back with a word before it."
  static override description = 'Arguments and output are those of the image tcp-echo-server. Ends with Ctrl-C; a port that is in use ends it with 1.'
  static override examples = ['<%= config.bin %> echo 9000 one', '<%= config.bin %> echo 9000,9001 two --bind 127.0.0.2']
  static override args = {
    ports: Args.string({description: 'ports, separated by commas', required: true, ignoreStdin: true}),
    prefix: Args.string({description: 'the word before each answer', required: true, ignoreStdin: true}),
  }
  static override flags = {bind: Flags.string({description: 'address to listen at', default: '127.0.0.1', helpValue: 'ADDRESS'})}

  async run(): Promise<void> {
    const {args, flags} = await this.parse(Echo)
    const {startEchoServer} = await import('../workload/echo/echo-server.js')
    const server = await startEchoServer({
      args: [args.ports, args.prefix],
      listenAt: (port) => ({host: flags.bind, port}),
      log: (bytes) => process.stdout.write(bytes),
    })
    if (server.type === 'exited') {
      process.exitCode = server.exitCode
      return
    }
    const interrupted = untilInterrupted()
    interrupted.addEventListener('abort', () => void server.close().then(() => process.exit()), {once: true}) // clients may hold their connections open
  }
}

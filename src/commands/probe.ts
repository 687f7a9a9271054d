import {Args, Flags} from '@oclif/core'
import {BaseCommand} from '../cli/base-command.js'
import {terminalColors} from '../cli/colors.js'
import {probeProgress} from '../cli/probe/progress.js'
import {probeTarget, type ProbeTarget} from '../cli/probe/target.js'
import {parseDuration} from '../cli/duration.js'
import {untilInterrupted} from '../cli/until-interrupted.js'
import {probe, probeExitCode, type ProbeResult} from '../cli/verbs/probe.js'
import {UserError} from '../base/user-error.js'
import {formatJson} from '../output/json.js'
import {renderProbe} from '../output/report/render-probe.js'
import {gatewayNotRunning} from '../daemon/control-client.js'
import {tutorialDate} from '../probe/tutorial-date.js'
import type {Observation} from '../probe/observation.js'

export default class Probe extends BaseCommand {
  static override summary = 'Open connections as nc does, print the replies, and judge the split.'
  static override description =
    'One new connection per observation: send a line, half-close, read to the end. Replies go to standard output as nc prints them, the summary ' +
    'to standard error. Without a target the one TCP gateway port that is applied is probed, and judged by the weights of its VirtualService.\n\n' +
    'Exit code: 0 the sample fits, 3 the split is wrong, 4 the sample is too small to tell, 5 connections failed, 8 the target is unreachable, 130 interrupted.'
  static override examples = [
    '<%= config.bin %> probe --count 100',
    '<%= config.bin %> probe --count 1000 --quiet',
    '<%= config.bin %> probe 192.168.96.50:31400 --count 200 --expect one=80,two=20',
    '<%= config.bin %> probe --count 100 | <%= config.bin %> tally',
  ]

  static override args = {target: Args.string({description: 'HOST:PORT or gateway/NAME[:PORT]', ignoreStdin: true})}
  static override flags = {
    count: Flags.integer({char: 'n', description: 'number of connections', default: 100, min: 1}),
    concurrency: Flags.integer({char: 'c', description: 'connections open at once', default: 16, min: 1, max: 4096}),
    message: Flags.string({char: 'm', description: 'line to send (default: the date, as the tutorials do)', helpValue: 'TEXT'}),
    stdin: Flags.boolean({description: 'send what standard input has, in every connection', default: false, exclusive: ['message']}),
    timeout: Flags.string({description: 'for a whole connection', default: '5s', helpValue: 'DURATION'}),
    'connect-timeout': Flags.string({description: 'for connecting', default: '2s', helpValue: 'DURATION'}),
    expect: Flags.string({description: 'the weights, by answer', helpValue: 'one=80,two=20'}),
    alpha: Flags.string({description: 'chance of calling a right split wrong', default: '0.001', helpValue: 'P'}),
    quiet: Flags.boolean({char: 'q', description: 'no summary, only the replies', default: false}),
    output: Flags.option({char: 'o', options: ['text', 'json'] as const, default: 'text' as const, description: 'json: the report instead of the replies on standard output'})(),
  }

  async run(): Promise<ProbeResult> {
    const {flags, args} = await this.parse(Probe)
    const target = await probeTarget({target: args.target, expect: flags.expect}, () => this.session().then(({resources}) => resources))
    if (target.isGateway && !(await this.session()).isGatewayRunning) throw gatewayNotRunning()
    const message = await messageOf(flags)
    const signal = untilInterrupted()
    const isText = flags.output === 'text'
    const progress = probeProgress(flags.count, process.stderr)
    let [done, errors] = [0, 0]
    const result = await probe({
      host: target.host,
      port: target.port,
      target: target.name,
      expectation: target.expectation,
      alpha: Number(flags.alpha),
      count: flags.count,
      concurrency: flags.concurrency,
      message,
      timeoutMs: parseDuration(flags.timeout, '--timeout'),
      connectTimeoutMs: parseDuration(flags['connect-timeout'], '--connect-timeout'),
      signal,
      observed: (observation: Observation) => {
        if (isText) this.out(observation.reply)
        if (observation.error !== undefined) errors++
        progress.update(++done, errors)
      },
    })
    progress.end()
    this.report(result, target, flags)
    process.exitCode = signal.aborted ? 130 : probeExitCode(result)
    return result
  }

  private report(result: ProbeResult, {note}: ProbeTarget, flags: {quiet: boolean; output: 'text' | 'json'}): void {
    if (flags.output === 'json') this.out(formatJson(result))
    if (flags.quiet || flags.output === 'json') return
    if (note !== undefined) this.say(note)
    process.stderr.write(renderProbe(result, {width: process.stderr.columns ?? 80, colors: terminalColors(process.stderr)}))
  }
}

async function messageOf({message, stdin}: {message?: string | undefined; stdin: boolean}): Promise<() => string | Buffer> {
  if (message !== undefined) return () => `${message}\n`
  if (!stdin) return () => `${tutorialDate(Date.now())}\n`
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of process.stdin) {
    size += (chunk as Buffer).length
    if (size > 64 * 1024 * 1024) throw new UserError('standard input is larger than 64 MiB', {exitCode: 2})
    chunks.push(chunk as Buffer)
  }
  const bytes = Buffer.concat(chunks)
  return () => bytes
}

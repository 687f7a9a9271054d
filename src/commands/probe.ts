import {Args, Flags} from '@oclif/core'
import {UserError} from '../base/user-error.js'
import {BaseCommand} from '../cli/base-command.js'
import {gateFlags, gateOptions} from '../cli/flags/gate.js'
import {connectionFlags, loadFlags} from '../cli/flags/load.js'
import {reportFlags, reportSinks} from '../cli/flags/report.js'
import {answerBy} from '../cli/probe/answer-by.js'
import {compareWithGateway} from '../cli/probe/compare-with-gateway.js'
import {connectionOptions} from '../cli/probe/connection-options.js'
import {probeMode} from '../cli/probe/mode.js'
import {probeProgress} from '../cli/probe/progress.js'
import {publishProbe} from '../cli/probe/publish.js'
import {probeTarget, requireListening} from '../cli/probe/target.js'
import {untilInterrupted} from '../cli/until-interrupted.js'
import {probe, probeExitCode} from '../cli/verbs/probe.js'
import {askGateway, gatewayNotRunning} from '../daemon/control/control-client.js'
import type {GatewayStatus} from '../daemon/gateway/gateway-status.js'
import {observationLine} from '../output/formats/jsonl-format.js'
import {createPacer} from '../probe/pacer.js'
import type {TallyReport} from '../tally/report.js'
import {requireKnownNames} from '../tally/threshold.js'

export default class Probe extends BaseCommand {
  static override summary = 'Open connections as nc does, print the replies, and judge the split.'
  static override description =
    'One new connection per observation: send a line, half-close, read to the end. Replies go to standard output as nc prints them, the summary ' +
    'to standard error. Without a target the one TCP gateway port that is applied is probed, and judged by the weights of its VirtualService.\n\n' +
    'With --count the sample is judged by an exact test; with --until-sure connections are made until a gate with stated error rates says PASS or ' +
    'FAIL (the default in CI).\n\n' +
    'Exit code: 0 fits or PASS, 3 the split is wrong, 4 cannot tell, 5 connections failed or a threshold was crossed, 8 target unreachable, 130 interrupted.'
  /** oclif's own would nest the exclusive flags into one another until nobody can read them. */
  static override usage = '<%= command.id %> [TARGET] [-n N | --duration DURATION | --until-sure] [-m TEXT] [--expect one=80,two=20] [FLAGS]'
  static override examples = [
    '<%= config.bin %> probe --count 100',
    '<%= config.bin %> probe --until-sure --tolerance 5 --no-replies -o junit --out split.xml',
    '<%= config.bin %> probe 192.168.96.50:31400 --count 200 --expect one=80,two=20',
    "<%= config.bin %> probe --count 1000 --max-errors 0 --threshold 'p(99)<20ms' --quiet",
    '<%= config.bin %> probe --rate 200 --duration 10s --warmup 100',
    '<%= config.bin %> probe --hold 60s --count 20',
    '<%= config.bin %> probe --count 100 | <%= config.bin %> tally',
  ]

  static override args = {target: Args.string({description: 'HOST:PORT or gateway/NAME[:PORT]', ignoreStdin: true})}
  static override flags = {
    count: Flags.integer({char: 'n', description: 'number of connections (default 100)', min: 1, exclusive: ['until-sure']}),
    'until-sure': Flags.boolean({description: 'go on until the gate is sure; the default where CI=true', default: false}),
    max: Flags.integer({description: 'connections at most, with --until-sure (default 20000)', min: 1}),
    budget: Flags.string({description: 'time at most, with --until-sure (default 30s)', helpValue: 'DURATION'}),
    concurrency: Flags.integer({char: 'c', description: 'connections open at once', default: 16, min: 1, max: 4096}),
    message: Flags.string({char: 'm', description: 'line to send (default: the date, as the tutorials do)', helpValue: 'TEXT'}),
    stdin: Flags.boolean({description: 'send what standard input has, in every connection', default: false, exclusive: ['message']}),
    by: Flags.string({
      description: 'what tells who answered: prefix (the first word of the reply), regex:PATTERN, peer (the address reached), or gateway (its own counts)',
      default: 'prefix',
      helpValue: 'HOW',
    }),
    ...loadFlags,
    ...connectionFlags,
    timeout: Flags.string({description: 'for a whole connection', default: '5s', helpValue: 'DURATION'}),
    'connect-timeout': Flags.string({description: 'for connecting', default: '2s', helpValue: 'DURATION'}),
    quiet: Flags.boolean({char: 'q', description: 'no summary, only the replies', default: false}),
    'no-replies': Flags.boolean({description: 'no replies, only the summary', default: false}),
    ...gateFlags,
    ...reportFlags,
  }

  async run(): Promise<TallyReport> {
    const {flags, args} = await this.parse(Probe)
    const gate = gateOptions(flags)
    const sinks = reportSinks(flags)
    const target = await probeTarget({target: args.target, expect: flags.expect, sni: flags.sni}, () => this.session().then(({resources}) => resources))
    requireKnownNames(gate.thresholds, target.expectation?.shares.map(({name}) => name) ?? [])
    const before = target.route === undefined ? undefined : await this.gatewayStatus()
    if (before !== undefined) requireListening(before, target)
    const mode = probeMode(flags, target.expectation !== undefined, process.env)
    const connection = await connectionOptions(flags, process.stdin)
    const signal = untilInterrupted()
    const format = sinks.find(({file}) => file === undefined)?.format ?? 'text'
    const progress = probeProgress(mode, process.stderr)
    const startedAt = new Date().toISOString()
    const seen = await probe({
      ...connection,
      host: target.host,
      port: target.port,
      expectation: target.expectation,
      mode,
      gate,
      seeded: before?.seeded ?? false,
      answerOf: answerBy(flags.by),
      concurrency: flags.concurrency,
      warmup: flags.warmup,
      messages: flags.messages,
      replyEncoding: flags.hex === undefined ? 'utf8' : 'hex',
      pacer: flags.rate === undefined ? undefined : createPacer({ratePerSecond: flags.rate, arrivals: flags.arrivals ?? 'uniform', seed: 1}),
      signal,
      observed: (observation, answer) => {
        if (format === 'text' && !flags['no-replies']) this.out(observation.reply)
        if (format === 'jsonl') this.out(observationLine({...observation, answer: answer ?? null}))
        progress.update(observation)
      },
    })
    progress.end()
    const isWhole = mode.type === 'count' && mode.durationMs === undefined && flags.warmup === 0 && !signal.aborted
    const gateway = before && {before, after: await this.gatewayStatus().catch(unlessGone)}
    const {result, remark} = compareWithGateway(seen, {by: flags.by, target, gate, isWhole, gateway})
    if (remark !== undefined && !flags.quiet) this.say(remark)
    await publishProbe(result, {target, startedAt, sinks, source: flags.source, quiet: flags.quiet}, {out: (text) => this.out(text), terminal: process.stderr})
    process.exitCode = probeExitCode(result, signal.aborted)
    return result.report
  }

  /** This machine's gateway, which has to run when it is the target. */
  private async gatewayStatus(): Promise<GatewayStatus> {
    const {home, isGatewayRunning} = await this.session()
    if (!isGatewayRunning) throw gatewayNotRunning()
    return askGateway<GatewayStatus>(home.socket, 'status')
  }
}

/** A gateway that is gone after the run takes its counts with it, but not what was seen. */
function unlessGone(error: unknown): undefined {
  if (!(error instanceof UserError)) throw error
}

import {Args, Flags} from '@oclif/core'
import {BaseCommand} from '../../cli/base-command.js'
import {terminalColors} from '../../cli/colors.js'
import {gateFlags, gateOptions} from '../../cli/flags/gate.js'
import {reportFlags, reportSinks} from '../../cli/flags/report.js'
import {weightLine} from '../../cli/report/weight-line.js'
import {writeReport} from '../../cli/report/write-report.js'
import {answerFlags, answerOfFlags} from '../../cli/tally/answer-flags.js'
import {tallyLines} from '../../cli/tally/tally-lines.js'
import {untilInterrupted} from '../../cli/until-interrupted.js'
import {expectationFor} from '../../cli/verbs/expectation-for.js'
import {renderReport} from '../../output/report/render-report.js'
import type {TallyReport} from '../../tally/report.js'
import {seriesOf} from '../../tally/series.js'

export default class Tally extends BaseCommand {
  static override summary = 'Count replies and judge them against the weights.'
  static override description =
    'Reads lines from files or standard input, whoever wrote them: tshift probe, a loop of nc, a real cluster, an Envoy access log. The first word ' +
    'of a line says who answered, unless told otherwise. Without --expect the weights are those of the applied VirtualService; where there is none, ' +
    'lines are only counted. Files that are reports of former runs (-o json) add up.\n\n' +
    'With --append the run is added to a ledger and judged together with all that is in it, by a test that may be looked at any number of times: a ' +
    'retry is never a fresh roll of the dice.\n\n' +
    'Exit code: 0 fits, PASS or only counted, 3 the split is wrong, 4 cannot tell, 5 a limit was crossed, 65 input cannot be read.'
  static override examples = [
    '<%= config.bin %> probe --count 100 | <%= config.bin %> tally',
    'for i in {1..100}; do (date; sleep 1) | nc $INGRESS_HOST $TCP_INGRESS_PORT; done | <%= config.bin %> tally --expect one=80,two=20',
    '<%= config.bin %> tally --access-log access.log --expect v1=80,v2=20',
    '<%= config.bin %> tally --follow --until-sure --access-log access.log --expect v1=80,v2=20',
    '<%= config.bin %> tally shard-1.json shard-2.json -o junit --out split.xml',
    '<%= config.bin %> probe --count 200 --quiet | <%= config.bin %> tally --append split.ledger',
  ]

  static override strict = false
  static override args = {file: Args.string({description: 'files to read; standard input without', ignoreStdin: true})}
  static override flags = {
    ...answerFlags,
    'until-sure': Flags.boolean({description: 'judge by the gate with stated error rates, and stop reading when it is sure', default: false}),
    follow: Flags.boolean({description: 'read on as the file grows, until it is sure (--until-sure) or Ctrl-C', default: false}),
    append: Flags.string({description: 'ledger to add this run to', helpValue: 'LEDGER'}),
    gateway: Flags.string({description: 'the Gateway whose weights count, where several are applied', helpValue: 'NAME'}),
    ...gateFlags,
    ...reportFlags,
  }

  async run(): Promise<TallyReport> {
    const {flags, argv} = await this.parse(Tally)
    const sinks = reportSinks(flags)
    const gate = gateOptions(flags)
    const answerOf = answerOfFlags(flags)
    const startMs = Date.now()
    const applied = () => expectationFor({...flags, isBySubset: flags['access-log']}, () => this.session().then(({resources}) => resources))
    const {report, counts, expectation, note} = await tallyLines({
      files: argv as string[],
      stdin: process.stdin,
      answerOf,
      gate,
      untilSure: flags['until-sure'],
      ledger: flags.append,
      follow: flags.follow ? untilInterrupted() : undefined,
      applied,
    })
    if (note !== undefined) this.say(note)
    const context = {
      report,
      target: argv.length === 0 ? 'standard input' : argv.join(', '),
      startedAt: new Date(startMs).toISOString(),
      durationMs: Date.now() - startMs,
      ...(expectation === undefined ? {} : {series: seriesOf(counts, expectation)}),
      ...(flags.source === undefined ? {} : {source: await weightLine(flags.source)}),
    }
    if (sinks.some(({format, file}) => format === 'text' && file === undefined)) {
      this.out(renderReport(report, {width: process.stdout.columns ?? 80, colors: terminalColors(process.stdout)}))
    }
    await writeReport(sinks, context, {out: (text) => this.out(text), stepSummary: process.env['GITHUB_STEP_SUMMARY']})
    process.exitCode = report.exitCode
    return report
  }
}

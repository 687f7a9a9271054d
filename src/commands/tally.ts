import {Args, Flags} from '@oclif/core'
import {createReadStream} from 'node:fs'
import {createInterface} from 'node:readline'
import {BaseCommand} from '../cli/base-command.js'
import {terminalColors} from '../cli/colors.js'
import {expectationFor} from '../cli/verbs/expectation-for.js'
import {UserError} from '../base/user-error.js'
import {formatJson} from '../output/json.js'
import {renderReport} from '../output/report/render-report.js'
import {captureOf, firstWord} from '../tally/answer.js'
import {createCounter, type Counts} from '../tally/count.js'
import {judge} from '../tally/judge.js'
import type {TallyReport} from '../tally/report.js'

export default class Tally extends BaseCommand {
  static override summary = 'Count replies and judge them against the weights.'
  static override description =
    'Reads lines from files or standard input, whoever wrote them: tshift probe, a loop of nc, a real cluster. The first word of a line says who ' +
    'answered. Without --expect the weights are those of the applied VirtualService; where there is none, lines are only counted.\n\n' +
    'Exit code: 0 the sample fits (or was only counted), 3 the split is wrong, 4 the sample is too small to tell.'
  static override examples = [
    '<%= config.bin %> probe --count 100 | <%= config.bin %> tally',
    'for i in {1..100}; do (date; sleep 1) | nc $INGRESS_HOST $TCP_INGRESS_PORT; done | <%= config.bin %> tally --expect one=80,two=20',
    "<%= config.bin %> tally --regex '^(\\w+)' replies.txt -o json",
  ]

  static override strict = false
  static override args = {file: Args.string({description: 'files to read; standard input without', ignoreStdin: true})}
  static override flags = {
    expect: Flags.string({description: 'the weights, by answer', helpValue: 'one=80,two=20'}),
    regex: Flags.string({description: 'what in a line says who answered: the first capture, or the whole match', helpValue: 'PATTERN'}),
    alpha: Flags.string({description: 'chance of calling a right split wrong', default: '0.001', helpValue: 'P'}),
    gateway: Flags.string({description: 'the Gateway whose weights count, where several are applied', helpValue: 'NAME'}),
    output: Flags.option({char: 'o', options: ['text', 'json'] as const, default: 'text' as const, description: 'how to print it'})(),
  }

  async run(): Promise<TallyReport> {
    const {flags, argv} = await this.parse(Tally)
    const alpha = parseAlpha(flags.alpha)
    const counts = await countAll(argv as string[], flags.regex)
    const expectation = await expectationFor(flags, () => this.session().then(({resources}) => resources))
    if (expectation.note !== undefined) this.say(expectation.note)
    const report = judge(counts, expectation.value, {alpha})
    this.out(flags.output === 'json' ? formatJson(report) : renderReport(report, {width: process.stdout.columns ?? 80, colors: terminalColors(process.stdout)}))
    process.exitCode = report.exitCode
    return report
  }
}

async function countAll(files: readonly string[], regex: string | undefined): Promise<Counts> {
  const counter = createCounter(regex === undefined ? firstWord : captureOf(parsePattern(regex)))
  const sources = files.length === 0 ? ['-'] : files
  for (const file of sources) {
    const input = file === '-' ? process.stdin : createReadStream(file)
    try {
      for await (const line of createInterface({input, crlfDelay: Infinity})) counter.add(line)
    } catch (error) {
      throw new UserError(`cannot read ${file}: ${(error as Error).message}`)
    }
  }
  return counter.counts()
}

function parsePattern(text: string): RegExp {
  try {
    return new RegExp(text)
  } catch (error) {
    throw new UserError(`--regex: ${(error as Error).message}`, {exitCode: 2})
  }
}

function parseAlpha(text: string): number {
  const alpha = Number(text)
  if (alpha > 0 && alpha < 1) return alpha
  throw new UserError(`--alpha is a chance between 0 and 1, not "${text}"`, {exitCode: 2})
}

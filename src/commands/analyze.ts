import {Args} from '@oclif/core'
import type {Finding} from '../analyze/finding.js'
import {analyzeFlags, analyzeOptions, type AnalyzeOptions} from '../cli/analyze/analyze-flags.js'
import {differenceNote, verboseText} from '../cli/analyze/analysis-texts.js'
import {chooseRules, listRules} from '../cli/analyze/choose-rules.js'
import {deadlineIn} from '../cli/analyze/deadline.js'
import {findFiles} from '../cli/analyze/find-files.js'
import {printAnalysis} from '../cli/analyze/print-analysis.js'
import {readObjects} from '../cli/analyze/read-objects.js'
import {runAnalysis} from '../cli/analyze/run-analysis.js'
import {runningFacts} from '../cli/analyze/running-facts.js'
import {BaseCommand} from '../cli/base-command.js'
import type {KubeObject} from '../api/object.js'

export default class Analyze extends BaseCommand {
  static override summary = 'Say what is wrong with what is applied, or would be if files were applied, without running anything.'
  static override description =
    "Istio's own analyzers and codes (IST…), and findings of tshift's routing (TSHIFT…): " +
    'routes that are shadowed, servers that are dropped, weights nobody gets. Analysis takes it that all pods run and all names resolve. ' +
    'Exit codes: 79 where a finding is as bad as --failure-threshold, 65 where a document cannot be read; always 0 with -o json and -o yaml, as in istioctl.'
  static override examples = [
    '<%= config.bin %> analyze',
    '<%= config.bin %> analyze examples/tcp-echo',
    '<%= config.bin %> analyze --use-kube=false examples/tcp-echo/tcp-echo-services.yaml examples/tcp-echo/tcp-echo-20-v2.yaml',
    "<%= config.bin %> analyze -A -S 'IST0102=Namespace *'",
    '<%= config.bin %> analyze -o sarif examples/tcp-echo',
  ]
  static override strict = false
  static override args = {files: Args.string({description: 'files, directories, URLs, or - for standard input', ignoreStdin: true})}
  static override flags = analyzeFlags

  async run(): Promise<readonly Finding[]> {
    const {flags, argv} = await this.parse(Analyze)
    const say = (text: string) => this.say(text)
    const options = analyzeOptions(flags, say)
    if (flags['list-analyzers']) {
      this.out(listRules())
      return []
    }
    return this.#analyze(argv as readonly string[], options)
  }

  async #analyze(args: readonly string[], options: AnalyzeOptions): Promise<readonly Finding[]> {
    const say = (text: string) => this.say(text)
    const deadline = deadlineIn(options.timeoutMs)
    const filenames = await findFiles(args, {recursive: options.recursive, say})
    const session = options.usesStore ? await this.session() : undefined
    const live = session && (await session.resources.listAll()).items
    const running = session && (await runningFacts(session.home.socket))
    if (args.includes('-') && process.stdin.isTTY && options.format === 'log') this.out('Reading from stdin:\n')
    const namespace = options.namespace ?? 'default'
    const files = await deadline.read(process.stdin, () => readObjects({filenames, stdin: process.stdin, namespace}))
    if (live !== undefined && !isNamespace(namespace, [...live, ...files.subjects.map(({object}) => object)])) {
      say(`namespace "${namespace}" not found`)
      return []
    }
    const rules = chooseRules(options.analyzers, say)
    const note = differenceNote(files, rules, options.usesStore)
    if (note !== undefined) say(note)
    const findings = await runAnalysis({files, live, running, rules, nowMs: Date.now(), beforeRule: () => deadline.check()})
    if (options.isVerbose) say(verboseText(rules, files, options.namespace))
    process.exitCode = printAnalysis({findings, files, filenames}, options, {out: (text) => this.out(text), say})
    return findings
  }
}

function isNamespace(name: string, objects: readonly KubeObject[]): boolean {
  return objects.some(({apiVersion, kind, metadata}) => apiVersion === 'v1' && kind === 'Namespace' && metadata.name === name)
}

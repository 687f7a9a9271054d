import {Flags} from '@oclif/core'
import type {KubeObject} from '../api/object.js'
import {StatusError} from '../api/status-error.js'
import {UserError} from '../base/user-error.js'
import {BaseCommand} from '../cli/base-command.js'
import {amongOthers} from '../cli/failure.js'
import {printedName} from '../cli/manifests/documents.js'
import {filenamesOf} from '../cli/flags/filename.js'
import {fieldSelectorFlag} from '../cli/flags/get.js'
import {namespaceOf} from '../cli/flags/namespace.js'
import {outputFlags, printerOf} from '../cli/flags/output.js'
import {allFlag, targetFlags} from '../cli/flags/target.js'
import {targetsOfFiles} from '../cli/verbs/get-files.js'
import {requireClearSelection, requireNamesOrSelection} from '../cli/verbs/get-arguments.js'
import {labelSelectorOf} from '../cli/verbs/get-validate.js'
import {parseWaitCondition} from '../cli/verbs/wait-condition.js'
import {parseWaitTimeout} from '../cli/verbs/wait-timeout.js'
import {waitForTargets, type WaitOutcome} from '../cli/verbs/wait.js'
import {parseTargets} from '../cli/targets.js'
import {untilInterrupted} from '../cli/until-interrupted.js'
import type {Printer} from '../output/printer.js'
import {typesInStore} from '../resources/types-in-store.js'

export default class Wait extends BaseCommand {
  static override summary = 'Wait until resources have a condition, a value, are there or are gone.'
  static override description =
    'Conditions and their values may be written in any case. The time is for all resources together: 0 looks once, a negative one waits for a week.'
  static override examples = [
    '<%= config.bin %> wait --for=condition=Available deploy --all --timeout=60s',
    '<%= config.bin %> wait --for=condition=Ready=false pod/tcp-echo-v1-0',
    "<%= config.bin %> wait --for=jsonpath='{.status.phase}'=Running pod -l app=tcp-echo",
    '<%= config.bin %> wait --for=create virtualservice/tcp-echo',
    '<%= config.bin %> wait --for=delete pod/tcp-echo-v1-0 --timeout=60s',
  ]

  static override strict = false
  static override flags = {
    ...targetFlags,
    recursive: Flags.boolean({char: 'R', description: 'look into directories below as well', default: true, allowNo: true}),
    ...fieldSelectorFlag,
    ...allFlag,
    ...outputFlags,
    for: Flags.string({description: "create, delete, condition=NAME[=VALUE] or jsonpath='{PATH}'[=VALUE]", default: '', helpValue: 'CONDITION'}),
    timeout: Flags.string({description: 'how long to wait, e.g. 90s', default: '30s', helpValue: 'DURATION'}),
  }

  async run(): Promise<readonly KubeObject[]> {
    const {flags, argv} = await this.parse(Wait)
    const words = argv as string[]
    const timeoutMs = parseWaitTimeout(flags.timeout)
    const hasFormat = (flags.output ?? '') !== '' || (flags.template ?? '') !== ''
    const printer = hasFormat ? printerOf(flags, {isMachineOnly: true, isSingle: true}) : undefined
    const condition = parseWaitCondition(flags.for)
    const filenames = filenamesOf({...flags, recursive: false})
    requireClearSelection(words, {...flags, filename: filenames})
    requireNamesOrSelection(words, {...flags, filename: filenames})
    const session = await this.session()
    const {resources} = session
    const isByWords = filenames === undefined
    const {targets, problems} = isByWords
      ? {targets: parseTargets(words, await typesInStore(resources)), problems: []}
      : await targetsOfFiles({...flags, filenames, stdin: process.stdin}, resources)
    const signal = untilInterrupted()
    const outcomes = waitForTargets(
      targets,
      {
        condition,
        timeoutMs,
        namespace: namespaceOf(flags),
        selector: labelSelectorOf(flags, targets),
        selectorText: flags.selector,
        fieldSelector: flags['field-selector'],
        signal,
        onWait: this.note(session.isGatewayRunning),
      },
      resources,
    )
    const objects = await this.print(outcomes, printer, problems)
    if (signal.aborted) process.exitCode = 130
    return objects
  }

  /** Without controllers nothing may ever change: said once. */
  private note(isGatewayRunning: boolean): () => void {
    let isSaid = isGatewayRunning
    return () => {
      if (!isSaid) this.say('No gateway process runs: pods and their states will not change until `tshift gateway start`.')
      isSaid = true
    }
  }

  private async print(
    outcomes: AsyncIterable<WaitOutcome>,
    printer: Printer | undefined,
    problems: readonly UserError[],
  ): Promise<readonly KubeObject[]> {
    const objects: KubeObject[] = []
    const errors: (StatusError | UserError)[] = [...problems]
    for await (const outcome of outcomes) {
      if (outcome.type === 'failed') {
        errors.push(outcome.error)
        continue
      }
      objects.push(outcome.object)
      this.out(printer === undefined ? `${printedName(outcome.object)} condition met\n` : printer.printEach({type: outcome.resource, objects: [outcome.object]}))
    }
    const [only] = errors
    if (errors.length === 1) this.fail(only)
    else for (const error of errors) this.say(amongOthers(error))
    if (errors.length > 0) process.exitCode = 1
    return objects
  }
}

import {Flags} from '@oclif/core'
import type {KubeObject} from '../api/object.js'
import {StatusError} from '../api/status-error.js'
import {BaseCommand} from '../cli/base-command.js'
import {outcomeFlag} from '../cli/flags/outcome.js'
import {allFlag, targetFlags} from '../cli/flags/target.js'
import {dryRunFlag, type DryRun} from '../cli/flags/dry-run.js'
import {failureOf} from '../cli/failure.js'
import {printOutcomes} from '../cli/print-outcomes.js'
import {selectObjects} from '../cli/verbs/select-objects.js'
import {labelOperation, relabel, splitLabelArguments, type LabelChange} from '../cli/verbs/label.js'
import type {Outcome} from '../cli/verbs/outcome.js'
import type {Resources} from '../resources/resources.js'
import {typeInStore} from '../resources/types-in-store.js'
import {UserError} from '../base/user-error.js'

export default class Label extends BaseCommand {
  static override summary = 'Set or remove labels.'
  static override description = 'KEY=VALUE sets a label, KEY- removes it. A label that has another value is changed only with --overwrite.'
  static override examples = [
    '<%= config.bin %> label namespace demo istio-injection=enabled',
    '<%= config.bin %> label pods -l app=tcp-echo tier=backend',
    '<%= config.bin %> label ns demo istio-injection-',
  ]

  static override strict = false
  static override flags = {
    ...targetFlags,
    ...allFlag,
    ...dryRunFlag,
    overwrite: Flags.boolean({description: 'change labels that have another value', default: false}),
    ...outcomeFlag,
  }

  async run(): Promise<readonly KubeObject[]> {
    const {flags, argv} = await this.parse(Label)
    const {targets, change} = splitLabelArguments(argv as string[], flags.filename !== undefined)
    const session = await this.session()
    const objects = selectObjects({...flags, words: targets, stdin: process.stdin}, session.resources)
    const outcomes = labelAll(objects, {change, overwrite: flags.overwrite, dryRun: flags['dry-run']}, session.resources)
    const labelled = await printOutcomes(outcomes, {output: flags.output, dryRun: flags['dry-run'], out: (text) => this.out(text), say: (text) => this.say(text)})
    await session.settle()
    return labelled
  }
}

interface LabelOptions {
  readonly change: LabelChange
  readonly overwrite: boolean
  readonly dryRun: DryRun
}

async function* labelAll(objects: AsyncIterable<KubeObject>, {change, overwrite, dryRun}: LabelOptions, resources: Resources): AsyncIterable<Outcome> {
  for await (const object of objects) {
    try {
      const wanted = relabel(object, change, overwrite)
      const written =
        dryRun === 'client'
          ? {object: wanted, changed: true, warnings: []}
          : await resources.mutate(await typeInStore(resources, object), object.metadata, (live) => relabel(live, change, overwrite), {dryRun: dryRun === 'server'})
      yield {type: 'done', operation: labelOperation(written.changed, change), object: written.object, warnings: written.warnings}
    } catch (error) {
      if (!(error instanceof UserError || error instanceof StatusError)) throw error
      yield {type: 'failed', text: failureOf(error).text}
    }
  }
}

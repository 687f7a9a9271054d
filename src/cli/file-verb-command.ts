import type {KubeObject} from '../api/object.js'
import type {Resources} from '../resources/resources.js'
import type {FieldValidation} from '../resources/write-options.js'
import {BaseCommand} from './base-command.js'
import type {DocumentOptions} from './documents.js'
import {dryRunFlag, type DryRun} from './flags/dry-run.js'
import {filenameFlags} from './flags/filename.js'
import {namespaceFlag} from './flags/namespace.js'
import {outcomeFlag} from './flags/outcome.js'
import {fieldValidationOf, validateFlag} from './flags/validate.js'
import {printOutcomes} from './print-outcomes.js'
import {requireFilenames} from './require-filenames.js'
import type {Outcome} from './verbs/outcome.js'

export interface FileVerbOptions extends DocumentOptions {
  readonly dryRun: DryRun
  readonly fieldValidation: FieldValidation
}

/** A verb that writes what files say: apply and create. */
export abstract class FileVerbCommand extends BaseCommand {
  static override flags = {...filenameFlags, ...namespaceFlag, ...dryRunFlag, ...validateFlag, ...outcomeFlag}

  protected abstract carryOut(options: FileVerbOptions, resources: Resources): AsyncIterable<Outcome>

  async run(): Promise<readonly KubeObject[]> {
    const {flags} = await this.parse(FileVerbCommand)
    const session = await this.session()
    const {namespace, recursive, output, 'dry-run': dryRun} = flags
    const options = {filenames: requireFilenames(flags.filename), recursive, stdin: process.stdin, namespace, dryRun, fieldValidation: fieldValidationOf(flags)}
    const outcomes = this.carryOut(options, session.resources)
    const objects = await printOutcomes(outcomes, {output, dryRun, out: (text) => this.out(text), say: (text) => this.say(text)})
    await session.settle()
    return objects
  }
}

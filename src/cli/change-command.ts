import {Flags} from '@oclif/core'
import type {KubeObject} from '../api/object.js'
import {BaseCommand} from './base-command.js'
import type {DryRun} from './flags/dry-run.js'
import {printerOf, type OutputValues} from './flags/output.js'
import {printChanges} from './print-changes.js'
import type {Outcome} from './verbs/outcome.js'

/** The name that `metadata.managedFields` will give whoever changes something. */
export const fieldManagerFlag = (name: string) => ({
  'field-manager': Flags.string({description: 'name under which changed fields are managed', helpValue: 'NAME', default: name}),
})

/** A verb that changes objects and says what became of each. */
export abstract class ChangeCommand extends BaseCommand {
  /** Prints what happens as it happens; afterwards the controllers do their part, unless nothing was stored. */
  protected async report(
    outcomes: AsyncIterable<Outcome>,
    flags: OutputValues & {readonly 'dry-run': DryRun},
    {asList = false, saysDryRun = true} = {},
  ): Promise<readonly KubeObject[]> {
    const hasFormat = (flags.output ?? '') !== '' || (flags.template ?? '') !== ''
    const printer = hasFormat ? printerOf(flags, {isMachineOnly: true, isSingle: true}) : undefined
    const dryRun = saysDryRun ? flags['dry-run'] : 'none'
    try {
      return await printChanges(outcomes, {printer, asList, dryRun, out: (text) => this.out(text), say: (text) => this.say(text)})
    } finally {
      if (flags['dry-run'] === 'none') await (await this.session()).settle() // an object that is not there does not undo what was done to others
    }
  }
}

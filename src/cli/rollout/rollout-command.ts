import {Flags} from '@oclif/core'
import type {KubeObject} from '../../api/object.js'
import {BaseCommand} from '../base-command.js'
import type {DryRun} from '../flags/dry-run.js'
import {filenameFlags, filenamesOf, type FilenameFlags} from '../flags/filename.js'
import {namespaceFlag, namespaceOf} from '../flags/namespace.js'
import {outputFlags, printerOf} from '../flags/output.js'
import {selectorFlag} from '../flags/selector.js'
import type {Session} from '../session.js'
import {changeWorkloads} from './change-workloads.js'
import type {Edit} from './edits.js'
import {printChanges, type Change} from './print-changes.js'
import {onlyTyped, selectWorkloads, type Selected} from './select-workloads.js'

/** Which workloads a `rollout` verb is about. */
export const workloadFlags = {...filenameFlags, ...namespaceFlag, ...selectorFlag}

export const rolloutChangeFlags = {
  ...workloadFlags,
  'field-manager': Flags.string({description: 'who changes the fields', default: 'kubectl-rollout'}),
  ...outputFlags,
}

interface SelectionFlags extends FilenameFlags {
  readonly namespace?: string | undefined
  readonly selector?: string | undefined
}

type ChangeFlags = SelectionFlags & Parameters<typeof printerOf>[0]
type ManagedFlags = ChangeFlags & {readonly 'field-manager': string}

interface PrintingOptions {
  readonly dryRun?: DryRun
  /** Said where there was nothing to change. */
  readonly nothing?: string
}

/** What the verbs below `rollout` share: which workloads are meant, and how it is told what became of them. */
export abstract class RolloutCommand extends BaseCommand {
  protected selected(flags: SelectionFlags, words: readonly string[], session: Session): AsyncIterable<Selected> {
    return onlyTyped(this.selectedOfAnyKind(flags, words, session))
  }

  protected selectedOfAnyKind(flags: SelectionFlags, words: readonly string[], session: Session): AsyncIterable<Selected> {
    return selectWorkloads({...flags, filename: filenamesOf(flags), words, stdin: process.stdin}, session.resources)
  }

  protected nothingFound(flags: SelectionFlags): string {
    return `No resources found in ${namespaceOf(flags) ?? 'default'} namespace.`
  }

  /** Makes one edit to all that is meant. */
  protected async change(flags: ManagedFlags, words: readonly string[], change: {edit: Edit; operation: string}): Promise<readonly KubeObject[]> {
    const session = await this.session()
    const options = {...change, fieldManager: flags['field-manager']}
    return this.print(changeWorkloads(this.selected(flags, words, session), options, session.resources), flags, {nothing: this.nothingFound(flags)})
  }

  protected async print(changes: AsyncIterable<Change>, flags: ChangeFlags, {dryRun = 'none', nothing}: PrintingOptions): Promise<readonly KubeObject[]> {
    const printer = flags.output === undefined && flags.template === undefined ? undefined : printerOf(flags, {isMachineOnly: true, isSingle: true})
    const out = (text: string) => this.out(text)
    const say = (text: string) => this.say(text)
    try {
      return await printChanges(changes, {printer, dryRun, out, say, nothing})
    } finally {
      await (await this.session()).settle()
    }
  }
}

import {Flags} from '@oclif/core'
import type {KubeObject} from '../api/object.js'
import {UserError} from '../base/user-error.js'
import {ChangeCommand} from './change-command.js'
import {dryRunFlag, type DryRun} from './flags/dry-run.js'
import {outputFlags, type OutputValues} from './flags/output.js'
import {allFlag, targetFlags} from './flags/target.js'
import {localObjects} from './manifests/local-objects.js'
import {listMarks, markAll} from './verbs/mark.js'
import {parseMarkChange, remark, splitMarkArguments, type MarkChange, type MarkKind} from './verbs/marks.js'
import {selectObjects, type ObjectSelection} from './verbs/select-objects.js'

export const markFlags = {
  ...targetFlags,
  ...allFlag,
  ...dryRunFlag,
  ...outputFlags,
  overwrite: Flags.boolean({description: 'change what has another value', default: false}),
  list: Flags.boolean({description: 'show what is there (and would be), change nothing', default: false}),
  local: Flags.boolean({description: 'change the objects of the files given with -f and store nothing', default: false}),
  'resource-version': Flags.string({description: 'refuse unless the object is still at this version', helpValue: 'VERSION'}),
}

interface MarkFlags extends OutputValues, Omit<ObjectSelection, 'words' | 'stdin'> {
  readonly 'dry-run': DryRun
  readonly overwrite: boolean
  readonly list: boolean
  readonly local: boolean
  readonly 'resource-version'?: string | undefined
  readonly 'field-manager': string
}

/** `label` and `annotate`: the same verb on two fields. */
export abstract class MarkCommand extends ChangeCommand {
  protected async mark(kind: MarkKind, words: readonly string[], flags: MarkFlags): Promise<readonly KubeObject[]> {
    const {targets, changes} = splitMarkArguments(words, kind)
    requireSense(kind, {targets, changes, flags})
    const change = parseMarkChange(changes, kind)
    const objects = flags.local ? localObjects(flags) : selectObjects({...flags, words: targets, stdin: process.stdin}, (await this.session()).resources)
    if (flags.list) return this.show(objects, change, flags)
    const {overwrite, 'dry-run': dryRun, 'resource-version': resourceVersion, 'field-manager': fieldManager, local: isLocal} = flags
    if (resourceVersion !== undefined && isForSeveral(targets, flags)) throw new UserError('--resource-version may only be used with a single resource')
    const options = {change, overwrite, dryRun, resourceVersion, fieldManager, isLocal, managedFields: flags['show-managed-fields']}
    return this.report(markAll(objects, options, (await this.session()).resources), flags)
  }

  private async show(objects: AsyncIterable<KubeObject>, change: MarkChange, flags: MarkFlags): Promise<readonly KubeObject[]> {
    const shown: KubeObject[] = []
    for await (const object of objects) shown.push(remark(object, change, flags.overwrite))
    const isOnly = shown.length === 1 && !flags.all && flags.selector === undefined
    for (const object of shown) this.out(listMarks(object, change.kind, isOnly))
    return shown
  }
}

/** The files that kubectl's refusals speak of. */
const LOCAL_FILES = {label: 'pod.yaml or --filename=pod.json', annotation: 'rsrc.yaml or --filename=rsrc.json'} as const

/** Whether more than one object may be meant. Source: cli-runtime `Builder.singleItemImplied`. */
function isForSeveral(targets: readonly string[], {all, selector}: Pick<MarkFlags, 'all' | 'selector'>): boolean {
  const [first = '', ...names] = targets
  return all || selector !== undefined || first.includes(',') || (first.includes('/') ? names.length > 0 : names.length > 1)
}

/** Source: kubectl `label.go` and `annotate.go`, `Validate`. */
function requireSense(kind: MarkKind, {targets, changes, flags}: {targets: readonly string[]; changes: readonly string[]; flags: MarkFlags}): void {
  const hasFiles = flags.filename !== undefined
  if (flags.all && flags.selector !== undefined) throw new UserError('cannot set --all and --selector at the same time')
  if (flags.local && flags['dry-run'] === 'server') throw new UserError('cannot specify --local and --dry-run=server - did you mean --dry-run=client?')
  if (flags.list && (flags.output ?? '') !== '') throw new UserError('--list and --output may not be specified together')
  if (flags.local && (!hasFiles || targets.length > 0)) {
    throw new UserError(`can only use local files by -f ${LOCAL_FILES[kind]} when --local=true is set`)
  }
  if (!flags.local && targets.length === 0 && !hasFiles) {
    throw new UserError('one or more resources must be specified as <resource> <name> or <resource>/<name>')
  }
  if (changes.length === 0 && !flags.list) throw new UserError(`at least one ${kind} update is required`)
}

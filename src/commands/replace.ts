import {Flags} from '@oclif/core'
import type {KubeObject} from '../api/object.js'
import {UserError} from '../base/user-error.js'
import {ChangeCommand, fieldManagerFlag} from '../cli/change-command.js'
import {deletionFlags, FORCE_WARNING, graceOf, propagationOf, timeoutMsOf} from '../cli/deletions/deletion-flags.js'
import type {DocumentOptions} from '../cli/manifests/documents.js'
import {finishDeletions} from '../cli/deletions/finish-deletions.js'
import {dryRunFlag} from '../cli/flags/dry-run.js'
import {filenameFlags, filenamesOf} from '../cli/flags/filename.js'
import {namespaceFlag} from '../cli/flags/namespace.js'
import {outputFlags} from '../cli/flags/output.js'
import {fieldValidationOf, validateFlag} from '../cli/flags/validate.js'
import {printDeletions} from '../cli/deletions/print-deletions.js'
import {requireFilenames} from '../cli/command-line/require-filenames.js'
import {keepStdin} from '../cli/manifests/keep-stdin.js'
import {deleteAll, doomedByFiles} from '../cli/verbs/delete.js'
import {replaceFiles} from '../cli/verbs/replace.js'
import type {DeleteOptions} from '../resources/deletion.js'

export default class Replace extends ChangeCommand {
  static override summary = 'Replace resources by what the files say.'
  static override description =
    'The files have to be complete: fields that they do not name are given up. A file with metadata.resourceVersion is refused where the resource has changed since. ' +
    'With --force resources are deleted and created again.'
  static override examples = [
    '<%= config.bin %> replace -f examples/tcp-echo/tcp-echo-20-v2.yaml',
    '<%= config.bin %> get vs tcp-echo -o yaml | sed "s/weight: 80/weight: 50/" | <%= config.bin %> replace -f -',
    '<%= config.bin %> replace --force -f examples/tcp-echo/tcp-echo-services.yaml',
  ]
  static override flags = {
    ...filenameFlags,
    ...namespaceFlag,
    ...dryRunFlag,
    ...validateFlag,
    ...outputFlags,
    ...deletionFlags,
    ...fieldManagerFlag('kubectl-replace'),
    force: Flags.boolean({description: 'delete the resources and create them again', default: false}),
    'save-config': Flags.boolean({description: 'remember the file, so that apply can go on from it', default: false}),
    subresource: Flags.option({options: ['status'] as const, description: 'replace this part of the resource'})(),
    raw: Flags.string({description: 'refused: there is no server to send it to', hidden: true}),
  }

  async run(): Promise<readonly KubeObject[]> {
    const {flags} = await this.parse(Replace)
    const {propagation} = propagationOf(flags.cascade)
    requireSense(flags)
    const filenames = requireFilenames(filenamesOf(flags))
    const documents = {filenames, recursive: flags.recursive, namespace: flags.namespace, stdin: keepStdin(process.stdin)}
    const {resources} = await this.session()
    if (flags.force) await this.remove(documents, {propagation, ...graceOf(flags), dryRun: flags['dry-run'], timeoutMs: timeoutMsOf(flags, 'replace')})
    const options = {
      ...documents,
      dryRun: flags['dry-run'],
      fieldValidation: fieldValidationOf(flags),
      fieldManager: flags['field-manager'],
      managedFields: flags['show-managed-fields'],
      savesConfig: flags['save-config'],
      subresource: flags.subresource,
      isAnew: flags.force,
    }
    return this.report(replaceFiles(options, resources), flags)
  }

  private async remove(
    documents: DocumentOptions,
    options: Omit<DeleteOptions, 'nodeAlive'> & {readonly isForced: boolean; readonly dryRun: 'none' | 'client' | 'server'; readonly timeoutMs: number},
  ): Promise<void> {
    const session = await this.session()
    const {isForced, dryRun, timeoutMs, ...deletion} = options
    const policy = {...deletion, nodeAlive: session.isGatewayRunning, ignoreNotFound: true, dryRun}
    if (isForced) this.say(FORCE_WARNING)
    const printing = {dryRun, isForced, out: (text: string) => this.out(text), say: (text: string) => this.say(text)}
    const deleted = await printDeletions(deleteAll(doomedByFiles(documents, policy, session.resources), policy, session.resources), printing)
    if (dryRun !== 'none') return
    await session.settle()
    await finishDeletions(session, deleted, {...deletion, timeoutMs})
  }
}

/** Source: kubectl `replace.go`, `Validate`. */
function requireSense(flags: {
  readonly force: boolean
  readonly 'grace-period': number
  readonly timeout: string
  readonly raw?: string | undefined
  readonly 'dry-run': string
}): void {
  if (flags.raw !== undefined) throw new UserError('--raw needs an API server to send the request to', {hint: 'name a file with -f instead'})
  if (flags['grace-period'] >= 0 && !flags.force) throw new UserError('--grace-period must have --force specified')
  if (timeoutMsOf(flags, 'replace') !== 0 && !flags.force) throw new UserError('--timeout must have --force specified')
  if (flags.force && flags['dry-run'] !== 'none') throw new UserError('--dry-run can not be used when --force is set')
}

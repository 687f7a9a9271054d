import {Flags} from '@oclif/core'
import type {KubeObject} from '../../api/object.js'
import {UserError} from '../../base/user-error.js'
import {ChangeCommand} from '../../cli/change-command.js'
import {deletionFlags, graceOf, propagationOf, timeoutMsOf} from '../../cli/deletions/deletion-flags.js'
import {finishDeletions} from '../../cli/deletions/finish-deletions.js'
import {dryRunFlag} from '../../cli/flags/dry-run.js'
import {filenameFlags, filenamesOf} from '../../cli/flags/filename.js'
import {namespaceFlag} from '../../cli/flags/namespace.js'
import {outputFlags} from '../../cli/flags/output.js'
import {repeatableList} from '../../cli/flags/repeatable.js'
import {selectorFlag, selectorOf} from '../../cli/flags/selector.js'
import {fieldValidationOf, validateFlag} from '../../cli/flags/validate.js'
import {refuseArguments} from '../../cli/command-line/refuse-arguments.js'
import {requireFilenames} from '../../cli/command-line/require-filenames.js'
import type {Session} from '../../cli/session.js'
import {applyFiles} from '../../cli/verbs/apply.js'
import {pruneTypes, thenPrune} from '../../cli/verbs/prune.js'
import {CLIENT_SIDE_MANAGER, SERVER_SIDE_MANAGER} from '../../resources/apply-server-side.js'
import {deleteObject, type DeleteOptions} from '../../resources/deletion.js'
import {typeInStore, typesInStore} from '../../resources/types-in-store.js'

export default class Apply extends ChangeCommand {
  static override summary = 'Create or change resources so that they are what the files say.'
  static override description =
    "Compares each document with the live object and with what was applied before (kubectl's three-way merge), so that fields which others set stay; with " +
    '--server-side by who manages which field. A document that is refused is reported; the others are applied all the same.'
  static override examples = [
    '<%= config.bin %> apply -f examples/tcp-echo/tcp-echo-services.yaml',
    '<%= config.bin %> apply -f examples/tcp-echo -n demo',
    'cat route.yaml | <%= config.bin %> apply -f -',
    '<%= config.bin %> apply -f examples/tcp-echo/tcp-echo-20-v2.yaml --dry-run=server',
    '<%= config.bin %> apply -f examples/tcp-echo/tcp-echo-20-v2.yaml --server-side --force-conflicts',
    '<%= config.bin %> apply -f examples/tcp-echo --prune -l app=tcp-echo',
  ]
  static override strict = false
  static override flags = {
    ...filenameFlags,
    ...namespaceFlag,
    ...selectorFlag,
    ...dryRunFlag,
    ...validateFlag,
    ...outputFlags,
    ...deletionFlags,
    wait: Flags.boolean({description: 'wait until what is deleted on the way is gone', default: false, allowNo: true}),
    'server-side': Flags.boolean({description: 'merge by who manages which field', default: false}),
    'force-conflicts': Flags.boolean({description: 'take fields that others manage (with --server-side)', default: false}),
    'field-manager': Flags.string({
      description: `name under which fields are managed (default: ${CLIENT_SIDE_MANAGER}, with --server-side ${SERVER_SIDE_MANAGER})`,
      helpValue: 'NAME',
    }),
    overwrite: Flags.boolean({description: 'change what others have changed since', default: true, allowNo: true}),
    force: Flags.boolean({description: 'delete and create again what cannot be changed', default: false}),
    prune: Flags.boolean({description: 'delete what was applied before and is not in the files (with -l or --all)', default: false}),
    all: Flags.boolean({description: 'prune all, not only what -l selects', default: false}),
    'prune-allowlist': Flags.string({description: 'prune these kinds only', helpValue: 'GROUP/VERSION/KIND', ...repeatableList}),
  }

  async run(): Promise<readonly KubeObject[]> {
    const {flags, argv} = await this.parse(Apply)
    refuseArguments(argv as string[], 'apply', {saying: 'Unexpected args'})
    requireSense(flags)
    const filenames = requireFilenames(filenamesOf(flags))
    const session = await this.session()
    const {resources} = session
    const {recursive, namespace, 'dry-run': dryRun, overwrite} = flags
    const {propagation} = propagationOf(flags.cascade)
    const {gracePeriodSeconds} = graceOf(flags)
    const deletion = {nodeAlive: session.isGatewayRunning, propagation, ...(gracePeriodSeconds === undefined ? {} : {gracePeriodSeconds})}
    const timeoutMs = timeoutMsOf(flags, 'apply')
    const selector = selectorOf(flags)
    const types = flags.prune ? pruneTypes(flags['prune-allowlist'], await typesInStore(resources)) : []
    const outcomes = applyFiles(
      {
        ...{filenames, recursive, stdin: process.stdin, namespace, dryRun, overwrite, selector},
        fieldValidation: fieldValidationOf(flags),
        fieldManager: flags['field-manager'] ?? (flags['server-side'] ? SERVER_SIDE_MANAGER : CLIENT_SIDE_MANAGER),
        managedFields: flags['show-managed-fields'],
        serverSide: flags['server-side'] ? {force: flags['force-conflicts']} : undefined,
        recreate: flags.force ? (object) => remove(session, object, {...deletion, timeoutMs}) : undefined,
      },
      resources,
    )
    const finish = flags.wait ? (pruned: readonly KubeObject[]) => finishAll(session, pruned, {...deletion, timeoutMs}) : undefined
    return this.report(flags.prune ? thenPrune(outcomes, {...deletion, selector, types, dryRun, finish}, resources) : outcomes, flags, {asList: true})
  }
}

async function remove(session: Session, object: KubeObject, {timeoutMs, ...options}: DeleteOptions & {readonly timeoutMs: number}): Promise<void> {
  const {resources} = session
  const live = await resources.get(await typeInStore(resources, object), object.metadata.namespace, object.metadata.name)
  await deleteObject(resources, live, options)
  await finishAll(session, [live], {...options, timeoutMs})
}

async function finishAll(session: Session, deleted: readonly KubeObject[], options: DeleteOptions & {readonly timeoutMs: number}): Promise<void> {
  await session.settle()
  await finishDeletions(session, deleted, options)
}

/** Source: kubectl `apply.go`, `Validate`. */
function requireSense(flags: {
  readonly 'server-side': boolean
  readonly 'force-conflicts': boolean
  readonly force: boolean
  readonly prune: boolean
  readonly all: boolean
  readonly selector?: string | undefined
  readonly 'dry-run': 'none' | 'client' | 'server'
}): void {
  const {force, prune, all, selector, 'server-side': serverSide, 'dry-run': dryRun} = flags
  if (force && serverSide) throw new UserError('--force cannot be used with --server-side')
  if (dryRun === 'client' && serverSide) throw new UserError("--dry-run=client doesn't work with --server-side (did you mean --dry-run=server instead?)")
  if (flags['force-conflicts'] && !serverSide) throw new UserError('--force-conflicts only works with --server-side')
  if (dryRun === 'server' && force) throw new UserError('--dry-run=server cannot be used with --force')
  if (all && selector !== undefined) throw new UserError('cannot set --all and --selector at the same time')
  if (!prune || all || selector !== undefined) return
  throw new UserError(
    'all resources selected for prune without explicitly passing --all. To prune all resources, pass the --all flag. ' +
      'If you did not mean to prune all resources, specify a label selector',
  )
}

import {createInterface} from 'node:readline/promises'
import {Flags} from '@oclif/core'
import {parseFieldSelector} from '../api/field-selector.js'
import type {KubeObject} from '../api/object.js'
import {UserError} from '../base/user-error.js'
import {BaseCommand} from '../cli/base-command.js'
import {deletionFlags, FORCE_WARNING, graceOf, propagationOf, timeoutMsOf} from '../cli/deletions/deletion-flags.js'
import {finishDeletions} from '../cli/deletions/finish-deletions.js'
import {dryRunFlag} from '../cli/flags/dry-run.js'
import {namespaceOf} from '../cli/flags/namespace.js'
import {selectorOf} from '../cli/flags/selector.js'
import {allFlag, targetFlags} from '../cli/flags/target.js'
import {printDeletions} from '../cli/deletions/print-deletions.js'
import {qualifiedKind} from '../cli/qualified-kind.js'
import type {Session} from '../cli/session.js'
import {parseTargets} from '../cli/targets.js'
import {deleteAll, doomedByFiles, doomedByTargets, type DeletionPolicy, type Doomed} from '../cli/verbs/delete.js'
import {NOTHING_NAMED} from '../cli/verbs/nothing-named.js'
import {refuseWordsWithFiles} from '../cli/command-line/refuse-words-with-files.js'
import {typesInStore} from '../resources/types-in-store.js'

interface Selecting {
  readonly filename?: string[] | undefined
  readonly recursive: boolean
  readonly namespace?: string | undefined
  readonly 'all-namespaces': boolean
  readonly selector?: string | undefined
  readonly 'field-selector'?: string | undefined
  readonly all: boolean
}

export default class Delete extends BaseCommand {
  static override summary = 'Delete resources by file, by kind and name, or by label.'
  static override description =
    'Deleting a namespace deletes everything in it. Pods that run are given their grace period; the command waits until they are gone.'
  static override examples = [
    '<%= config.bin %> delete -f examples/tcp-echo/tcp-echo-all-v1.yaml',
    '<%= config.bin %> delete svc,deploy -l app=tcp-echo',
    '<%= config.bin %> delete namespace demo',
    '<%= config.bin %> delete pods --all --grace-period=1 --wait=false',
    '<%= config.bin %> delete deployment tcp-echo-v1 --cascade=orphan',
  ]

  static override strict = false
  static override flags = {
    ...targetFlags,
    ...allFlag,
    ...dryRunFlag,
    ...deletionFlags,
    now: Flags.boolean({description: 'give pods one second to end', default: false}),
    'ignore-not-found': Flags.boolean({description: 'what is not there is no error', default: false}),
    'field-selector': Flags.string({description: 'only objects whose fields are such, e.g. status.phase=Failed', helpValue: 'SELECTOR'}),
    interactive: Flags.boolean({char: 'i', description: 'show what would go, and ask', default: false}),
    raw: Flags.string({description: 'refused: there is no server to send it to', hidden: true}),
    output: Flags.string({char: 'o', description: 'name: print names only', helpValue: 'name'}),
  }

  async run(): Promise<readonly KubeObject[]> {
    const {flags, argv} = await this.parse(Delete)
    const {propagation, warning} = propagationOf(flags.cascade)
    if (warning !== undefined) this.say(warning)
    const {isForced, ...grace} = graceOf(flags)
    const timeoutMs = timeoutMsOf(flags, 'delete')
    const words = argv as string[]
    requireSense(words, flags)
    const session = await this.session()
    const policy: DeletionPolicy = {
      nodeAlive: session.isGatewayRunning,
      ignoreNotFound: flags['ignore-not-found'] || flags.all,
      dryRun: flags['dry-run'],
      propagation,
      ...grace,
    }
    if (isForced) this.say(FORCE_WARNING)
    const doomed = await this.doomed(session, words, {policy, flags})
    const agreed = flags.interactive && flags['dry-run'] === 'none' ? await this.ask(doomed) : this.warned(doomed, flags)
    if (agreed === undefined) return []
    const printing = {output: flags.output, dryRun: flags['dry-run'], isForced, out: (text: string) => this.out(text), say: (text: string) => this.say(text)}
    const deleted = await printDeletions(deleteAll(agreed, policy, session.resources), printing)
    if (deleted.length === 0 && process.exitCode === undefined && isSelecting(flags)) this.out('No resources found\n')
    if (flags['dry-run'] !== 'none') return deleted
    await session.settle()
    if (flags.wait) await finishDeletions(session, deleted, {propagation, ...grace, timeoutMs})
    return deleted
  }

  private async doomed(
    {resources}: Session,
    words: readonly string[],
    {policy, flags}: {policy: DeletionPolicy; flags: Selecting},
  ): Promise<AsyncIterable<Doomed>> {
    const {filename, recursive, namespace, 'field-selector': fields} = flags
    const selector = selectorOf(flags)
    if (filename !== undefined) return doomedByFiles({filenames: filename, recursive, stdin: process.stdin, namespace}, policy, resources)
    const isMeant =
      fields === undefined ? undefined : (type: Parameters<typeof parseFieldSelector>[1], object: KubeObject) => parseFieldSelector(fields, type)(object)
    return doomedByTargets(
      parseTargets(words, await typesInStore(resources)),
      {namespace: namespaceOf(flags), selector, isMeant, all: flags.all},
      policy,
      resources,
    )
  }

  /** A namespace that was named does not limit what has none. */
  private async *warned(doomed: AsyncIterable<Doomed>, {namespace}: Selecting): AsyncIterable<Doomed> {
    let isTold = namespace === undefined
    for await (const one of doomed) {
      if (!isTold && one.type === 'found' && !one.resource.namespaced) {
        this.say('Warning: deleting cluster-scoped resources, not scoped to the provided namespace')
        isTold = true
      }
      yield one
    }
  }

  private async ask(doomed: AsyncIterable<Doomed>): Promise<readonly Doomed[] | undefined> {
    const all: Doomed[] = []
    for await (const one of doomed) all.push(one)
    const found = all.flatMap((one) => (one.type === 'found' ? [`${qualifiedKind(one.resource)}/${one.object.metadata.name}\n`] : []))
    if (found.length === 0) return all
    this.out(`You are about to delete the following ${found.length} resource(s):\n${found.join('')}`)
    const prompt = createInterface({input: process.stdin, output: process.stdout})
    const answer = await prompt.question('Do you want to continue? (y/N): ')
    prompt.close()
    if (/^y(es)?$/i.test(answer.trim())) return all
    this.out('deletion is cancelled\n')
    return undefined
  }
}

/** Whether what is meant is looked for: it may be nothing. */
function isSelecting(flags: Pick<Selecting, 'all' | 'selector' | 'field-selector'>): boolean {
  return flags.all || flags.selector !== undefined || flags['field-selector'] !== undefined
}

/** Source: kubectl `delete.go`, `Validate`. */
function requireSense(words: readonly string[], flags: Selecting & {readonly raw?: string | undefined; readonly output?: string | undefined}): void {
  if (flags.raw !== undefined) throw new UserError('--raw needs an API server to send the request to', {hint: 'name the objects instead'})
  if (flags.output !== undefined && flags.output !== '' && flags.output !== 'name') {
    throw new UserError(`unexpected -o output mode: ${flags.output}. We only support '-o name'`)
  }
  if (flags.filename !== undefined) refuseWordsWithFiles(words, flags.filename)
  if (flags.all && (flags.selector !== undefined || flags['field-selector'] !== undefined)) {
    throw new UserError("setting 'all' parameter but found a non empty selector. ")
  }
  if (flags.filename !== undefined || words.length > 0) return
  throw new UserError(isSelecting(flags) ? 'at least one resource must be specified to use a selector' : NOTHING_NAMED)
}

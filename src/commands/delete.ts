import {Flags} from '@oclif/core'
import type {KubeObject} from '../api/object.js'
import {BaseCommand} from '../cli/base-command.js'
import {allFlag, targetFlags} from '../cli/flags/target.js'
import {dryRunFlag, dryRunSuffix} from '../cli/flags/dry-run.js'
import {namespaceOf} from '../cli/flags/namespace.js'
import {selectorOf} from '../cli/flags/selector.js'
import {parseTargets} from '../cli/targets.js'
import {deleteFiles, deleteTargets, type Deletion, type DeletionPolicy} from '../cli/verbs/delete.js'
import {waitGone} from '../cli/verbs/wait-gone.js'
import {qualifiedKind} from '../cli/qualified-kind.js'
import type {Session} from '../cli/session.js'
import {UserError} from '../base/user-error.js'
import {typesInStore} from '../resources/types-in-store.js'

export default class Delete extends BaseCommand {
  static override summary = 'Delete resources by file, by kind and name, or by label.'
  static override description = 'Deleting a namespace deletes everything in it. Pods that run are given their grace period; the command waits until they are gone.'
  static override examples = [
    '<%= config.bin %> delete -f examples/tcp-echo/tcp-echo-all-v1.yaml',
    '<%= config.bin %> delete svc,deploy -l app=tcp-echo',
    '<%= config.bin %> delete namespace demo',
  ]

  static override strict = false
  static override flags = {
    ...targetFlags,
    ...allFlag,
    ...dryRunFlag,
    'ignore-not-found': Flags.boolean({description: 'what is not there is no error', default: false}),
    'grace-period': Flags.integer({description: 'seconds a pod gets to end by itself', helpValue: 'SECONDS'}),
    wait: Flags.boolean({description: 'wait until the objects are gone', default: true, allowNo: true}),
    output: Flags.option({char: 'o', options: ['name'] as const, description: 'print names only'})(),
  }

  async run(): Promise<readonly KubeObject[]> {
    const {flags, argv} = await this.parse(Delete)
    const session = await this.session()
    const policy: DeletionPolicy = {
      nodeAlive: session.isGatewayRunning,
      ignoreNotFound: flags['ignore-not-found'] || flags.all,
      dryRun: flags['dry-run'],
      ...(flags['grace-period'] === undefined ? {} : {gracePeriodSeconds: flags['grace-period']}),
    }
    const deletions = await this.deletions(session, policy, argv as string[], flags)
    const deleted = await this.print(deletions, flags)
    if (flags['dry-run'] !== 'none') return deleted
    await session.settle()
    if (flags.wait) for (const object of deleted) await waitGone(session.resources, object, 0)
    return deleted
  }

  private async deletions(
    {resources}: Session,
    policy: DeletionPolicy,
    words: readonly string[],
    flags: {filename?: string[] | undefined; recursive: boolean; namespace?: string | undefined; 'all-namespaces': boolean; selector?: string | undefined; all: boolean},
  ): Promise<AsyncIterable<Deletion>> {
    if (flags.filename !== undefined) {
      return deleteFiles({filenames: flags.filename, recursive: flags.recursive, stdin: process.stdin, namespace: flags.namespace}, policy, resources)
    }
    if (words.length === 0) throw new UserError('You must provide one or more resources by argument or filename.', {hint: "e.g. 'tshift delete -f FILE', 'tshift delete pod NAME', 'tshift delete svc -l app=x'"})
    return deleteTargets(parseTargets(words, await typesInStore(resources)), {namespace: namespaceOf(flags), selector: selectorOf(flags), all: flags.all}, policy, resources)
  }

  private async print(deletions: AsyncIterable<Deletion>, flags: {output?: 'name' | undefined; 'dry-run': 'none' | 'client' | 'server'}): Promise<readonly KubeObject[]> {
    const deleted: KubeObject[] = []
    for await (const deletion of deletions) {
      if (deletion.type === 'failed') {
        this.say(deletion.text)
        process.exitCode = 1
        continue
      }
      const {object, resource} = deletion
      deleted.push(object)
      const kind = qualifiedKind(resource)
      const from = resource.namespaced ? ` from ${object.metadata.namespace} namespace` : ''
      if (flags.output === 'name') this.out(`${kind}/${object.metadata.name}\n`)
      else this.out(`${kind} "${object.metadata.name}" deleted${from}${dryRunSuffix(flags['dry-run'])}\n`)
    }
    if (deleted.length === 0 && process.exitCode === undefined) this.say('No resources found')
    return deleted
  }
}

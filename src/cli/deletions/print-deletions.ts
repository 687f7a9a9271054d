import type {KubeObject} from '../../api/object.js'
import {succeeding} from '../failed.js'
import {qualifiedKind} from '../qualified-kind.js'
import {dryRunSuffix, type DryRun} from '../flags/dry-run.js'
import type {Deletion} from '../verbs/delete.js'

export interface DeletionPrinting {
  readonly output?: string | undefined
  readonly dryRun: DryRun
  /** The grace period was 0. */
  readonly isForced: boolean
  readonly out: (text: string) => void
  readonly say: (text: string) => void
}

/** Prints each deletion as it comes and returns what was deleted; refusals go to stderr in the end and set the exit code. */
export async function printDeletions(
  deletions: AsyncIterable<Deletion>,
  {output, dryRun, isForced, out, say}: DeletionPrinting,
): Promise<readonly KubeObject[]> {
  const deleted: KubeObject[] = []
  for await (const {object, resource} of succeeding(deletions, say)) {
    deleted.push(object)
    const kind = qualifiedKind(resource)
    const from = resource.namespaced ? ` from ${object.metadata.namespace} namespace` : ''
    if (output === 'name') out(`${kind}/${object.metadata.name}\n`)
    else out(`${kind} "${object.metadata.name}" ${isForced ? 'force deleted' : 'deleted'}${from}${dryRunSuffix(dryRun)}\n`)
  }
  return deleted
}

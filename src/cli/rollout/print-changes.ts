import type {KubeObject} from '../../api/object.js'
import type {ResourceType} from '../../api/resource-type.js'
import type {Printer} from '../../output/printer.js'
import {succeeding, type Failed} from '../failed.js'
import {dryRunSuffix, type DryRun} from '../flags/dry-run.js'
import {qualifiedKind} from '../qualified-kind.js'

/** What became of one workload. */
export type Change =
  | {readonly type: 'done'; readonly resource: ResourceType; readonly object: KubeObject; readonly operation: string; readonly warnings?: readonly string[]}
  | Failed

export interface ChangePrinting {
  /** What `-o` asks for; without it, a line for each. */
  readonly printer: Printer | undefined
  readonly dryRun: DryRun
  readonly out: (text: string) => void
  readonly say: (text: string) => void
  /** Said where there was nothing to change. */
  readonly nothing?: string | undefined
}

/** Prints each change as it comes, sets the exit code, and returns the objects. */
export async function printChanges(changes: AsyncIterable<Change>, {printer, dryRun, out, say, nothing}: ChangePrinting): Promise<readonly KubeObject[]> {
  const objects: KubeObject[] = []
  for await (const change of succeeding(changes, say)) {
    for (const warning of change.warnings ?? []) say(`Warning: ${warning}`)
    const {resource, object, operation} = change
    objects.push(object)
    out(printer?.printEach({type: resource, objects: [object]}) ?? `${qualifiedKind(resource)}/${object.metadata.name} ${operation}${dryRunSuffix(dryRun)}\n`)
  }
  if (objects.length === 0 && process.exitCode === undefined && nothing !== undefined) say(nothing)
  return objects
}

import type {KubeObject} from '../api/object.js'
import type {Printer} from '../output/printer.js'
import type {Section} from '../output/section.js'
import {printedName} from './manifests/documents.js'
import {dryRunSuffix, type DryRun} from './flags/dry-run.js'
import {succeeding} from './failed.js'
import type {Outcome} from './verbs/outcome.js'

export interface ChangePrinting {
  /** What `-o` asks for; undefined: a line for each object. */
  readonly printer: Printer | undefined
  /** Several objects are one List, as `apply` prints them; others print one after the other. */
  readonly asList?: boolean
  readonly dryRun: DryRun
  readonly out: (text: string) => void
  readonly say: (text: string) => void
}

/** Prints each outcome as it comes (warnings and, in the end, refusals to stderr), sets the exit code, and returns the objects. */
export async function printChanges(
  outcomes: AsyncIterable<Outcome>,
  {printer, asList = false, dryRun, out, say}: ChangePrinting,
): Promise<readonly KubeObject[]> {
  const objects: KubeObject[] = []
  for await (const outcome of succeeding(outcomes, say)) {
    for (const warning of outcome.warnings) say(`Warning: ${warning}`)
    for (const note of outcome.notes ?? []) out(`${note}\n`)
    objects.push(outcome.object)
    if (printer === undefined) out(`${printedName(outcome.object)} ${outcome.operation}${dryRunSuffix(dryRun)}\n`)
    else if (!asList) out(printer.printEach(sectionOf(outcome.object)))
  }
  if (printer !== undefined && asList && objects.length > 0) out(printer.print(objects.map(sectionOf)))
  return objects
}

function sectionOf(object: KubeObject): Section {
  const slash = object.apiVersion.indexOf('/')
  return {type: {group: object.apiVersion.slice(0, Math.max(slash, 0)), kind: object.kind, columns: []}, objects: [object]}
}

import type {KubeObject} from '../api/object.js'
import {formatJson} from '../output/json.js'
import {formatYaml} from '../output/yaml.js'
import {printedName} from './documents.js'
import {dryRunSuffix, type DryRun} from './flags/dry-run.js'
import type {Outcome} from './verbs/outcome.js'

export interface OutcomePrinting {
  readonly output?: 'name' | 'yaml' | 'json' | undefined
  readonly dryRun: DryRun
  readonly out: (text: string) => void
  readonly say: (text: string) => void
}

/** Prints each outcome as it comes (warnings and refusals to stderr), sets the exit code, and returns the objects. */
export async function printOutcomes(outcomes: AsyncIterable<Outcome>, {output, dryRun, out, say}: OutcomePrinting): Promise<readonly KubeObject[]> {
  const objects: KubeObject[] = []
  for await (const outcome of outcomes) {
    if (outcome.type === 'failed') {
      say(outcome.text)
      process.exitCode = 1
      continue
    }
    for (const warning of outcome.warnings) say(`Warning: ${warning}`)
    objects.push(outcome.object)
    if (output === undefined) out(`${printedName(outcome.object)} ${outcome.operation}${dryRunSuffix(dryRun)}\n`)
    else if (output === 'name') out(`${printedName(outcome.object)}\n`)
  }
  if (output === 'yaml') out(formatYaml(oneOrList(objects)))
  if (output === 'json') out(formatJson(oneOrList(objects)))
  return objects
}

function oneOrList(objects: readonly KubeObject[]): unknown {
  return objects.length === 1 ? objects[0] : {apiVersion: 'v1', items: objects, kind: 'List', metadata: {resourceVersion: ''}}
}

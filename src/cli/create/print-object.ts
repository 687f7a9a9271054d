import type {KubeObject} from '../../api/object.js'
import type {ResourceType} from '../../api/resource-type.js'
import {UserError} from '../../base/user-error.js'
import {systemClock} from '../../base/clock.js'
import {printerFor} from '../../output/printers.js'
import {qualifiedKind} from '../qualified-kind.js'
import {dryRunSuffix, type DryRun} from '../flags/dry-run.js'
import {formatTypedJson} from './typed-json.js'

const ALLOWED = ['go-template', 'go-template-file', 'json', 'jsonpath', 'jsonpath-as-json', 'jsonpath-file', 'kyaml', 'name', 'template', 'templatefile', 'yaml']

export interface ObjectPrinting {
  /** `-o`, as it was given. */
  readonly output: string | undefined
  readonly dryRun: DryRun
  /** `created`, `exposed`, `image updated`. */
  readonly operation: string
  /** The fields stand in the order of the Go struct: a generator made the object. */
  readonly isTyped?: boolean
}

/** How a verb that makes one object says so: a line, or the object as `-o` wants it. Throws kubectl's UserError for a format it does not have. */
export function objectText(object: KubeObject, type: ResourceType, {output, dryRun, operation, isTyped = false}: ObjectPrinting): string {
  if (output === undefined || output === '') return `${qualifiedKind(type)}/${object.metadata.name} ${operation}${dryRunSuffix(dryRun)}\n`
  requireObjectFormat(output)
  if (output === 'json' && isTyped) return formatTypedJson(object)
  const printer = printerFor(output, {clock: systemClock, showsNamespace: false, showsLabels: false, labelColumns: [], hidesHeaders: false, isSingle: true})
  return printer.print([{type, objects: [object]}])
}

/** Throws for formats that only `get` has: tables. */
export function requireObjectFormat(output: string | undefined): void {
  if (output === undefined || output === '' || ALLOWED.includes(output.split('=')[0]?.toLowerCase() ?? '')) return
  throw new UserError(`unable to match a printer suitable for the output format "${output}", allowed formats are: ${ALLOWED.join(',')}`)
}

import type {KubeObject} from '../../api/object.js'
import {objectPrinter} from '../../output/object-printer.js'
import type {Printer} from '../../output/printer.js'
import type {PrintedType} from '../../output/section.js'
import {printedName} from '../manifests/documents.js'
import {dryRunSuffix, type DryRun} from '../flags/dry-run.js'
import {printerOf, type OutputValues} from '../flags/output.js'
import {formatTypedJson} from './typed-json.js'

/**
 * The printer `-o` asks for; undefined: a line. With `isTyped` the objects' fields stand in the order of Go's structs, and JSON keeps it. Throws a UserError.
 */
export function singlePrinter(flags: OutputValues, isTyped: boolean): Printer | undefined {
  if ((flags.output ?? '') === '' && (flags.template ?? '') === '') return undefined
  const printer = printerOf(flags, {isMachineOnly: true, isSingle: true})
  return isTyped && flags.output === 'json' ? objectPrinter(formatTypedJson, {isSingle: true}) : printer
}

export interface ObjectPrinting {
  readonly printer: Printer | undefined
  readonly dryRun: DryRun
  /** `created`, `exposed`, `image updated`. */
  readonly operation: string
}

/** How a verb that makes objects tells of one: a line, or the object as `-o` wants it. */
export function objectText(object: KubeObject, {printer, dryRun, operation}: ObjectPrinting): string {
  if (printer === undefined) return `${printedName(object)} ${operation}${dryRunSuffix(dryRun)}\n`
  return printer.printEach({type: printedType(object), objects: [object]})
}

function printedType({apiVersion, kind}: KubeObject): PrintedType {
  const slash = apiVersion.indexOf('/')
  return {group: apiVersion.slice(0, Math.max(slash, 0)), kind, columns: []}
}

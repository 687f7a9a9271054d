import type {KubeObject} from '../api/object.js'
import type {Printer} from './printer.js'

export interface ObjectPrinterOptions {
  /** Exactly one object was asked for by name: it is printed as it is, not in a list. */
  readonly isSingle?: boolean
  /** What goes between objects printed one by one. */
  readonly separator?: string
  /** Leaves `metadata.managedFields` out. */
  readonly omitsManagedFields?: boolean
  /** What several objects are together, where it is not a `List` of anything. */
  readonly listKind?: string | undefined
}

/**
 * The machine formats: the one object, or a `kind: List` of all, through `format`.
 * Source: kubectl `get.go` `printGeneric`.
 */
export function objectPrinter(format: (value: unknown) => string, options: ObjectPrinterOptions): Printer {
  const {isSingle = false, separator = '', omitsManagedFields = false, listKind} = options
  let printed = 0
  const shown = (object: KubeObject) => (omitsManagedFields ? withoutManagedFields(object) : object)
  const next = (value: unknown) => `${printed++ === 0 ? '' : separator}${format(value)}`
  return {
    print(sections) {
      const objects = sections.flatMap((section) => section.objects)
      const [only] = objects
      return isSingle && only !== undefined && objects.length === 1 ? next(shown(only)) : format(listOf(objects.map(shown), listKind))
    },
    printEach: ({objects}, event) => objects.map((object) => next(event === undefined ? shown(object) : {type: event, object: shown(object)})).join(''),
  }
}

function listOf(objects: readonly KubeObject[], listKind: string | undefined): unknown {
  return {apiVersion: 'v1', kind: listKind ?? 'List', metadata: listKind === undefined ? {resourceVersion: ''} : {}, items: objects}
}

/** Source: cli-runtime `printers/managedfields.go`. */
function withoutManagedFields(object: KubeObject): KubeObject {
  if (!('managedFields' in object.metadata)) return object
  const {managedFields: _, ...metadata} = object.metadata
  return {...object, metadata}
}

import type {KubeObject} from '../api/object.js'
import type {Printer} from './printer.js'

export interface ObjectPrinterOptions {
  /** Exactly one object was asked for by name: it is printed as it is, not in a list. */
  readonly isSingle?: boolean
  /** What goes between objects printed one by one. */
  readonly separator?: string
}

/**
 * The machine formats: the one object, or a `kind: List` of all, through `format`.
 * Source: kubectl `get.go` `printGeneric`.
 */
export function objectPrinter(format: (value: unknown) => string, {isSingle = false, separator = ''}: ObjectPrinterOptions): Printer {
  let printed = 0
  const next = (object: KubeObject) => `${printed++ === 0 ? '' : separator}${format(object)}`
  return {
    print(sections) {
      const objects = sections.flatMap((section) => section.objects)
      const [only] = objects
      return isSingle && only !== undefined && objects.length === 1 ? next(only) : format(listOf(objects))
    },
    printEach: ({objects}) => objects.map(next).join(''),
  }
}

function listOf(objects: readonly KubeObject[]): unknown {
  return {apiVersion: 'v1', kind: 'List', metadata: {resourceVersion: ''}, items: objects}
}

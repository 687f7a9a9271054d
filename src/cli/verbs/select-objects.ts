import type {KubeObject} from '../../api/object.js'
import {UserError} from '../../base/user-error.js'
import type {Resources} from '../../resources/resources.js'
import {typesInStore} from '../../resources/types-in-store.js'
import {readDocuments} from '../documents.js'
import {namespaceOf} from '../flags/namespace.js'
import {selectorOf} from '../flags/selector.js'
import {parseTargets} from '../targets.js'

export interface ObjectSelection {
  /** `TYPE NAME…`, `TYPE/NAME…` or `TYPE` with a selector or `all`. */
  readonly words: readonly string[]
  readonly filename?: readonly string[] | undefined
  readonly recursive: boolean
  readonly stdin: AsyncIterable<Buffer | string>
  readonly namespace?: string | undefined
  readonly 'all-namespaces': boolean
  readonly selector?: string | undefined
  readonly all: boolean
}

/** The live objects a command line means, whichever way it names them. Throws NotFound, or a UserError where it names none. */
export async function* selectObjects(selection: ObjectSelection, resources: Resources): AsyncIterable<KubeObject> {
  if (selection.filename !== undefined) return yield* objectsOfFiles(selection, selection.filename, resources)
  const namespace = namespaceOf(selection)
  if (selection.words.length === 0) throw new UserError('one or more resources must be specified as <resource> <name> or <resource>/<name>')
  for (const {type, name} of parseTargets(selection.words, await typesInStore(resources))) {
    if (name !== undefined) {
      yield await resources.get(type, namespace ?? 'default', name)
      continue
    }
    if (selection.selector === undefined && !selection.all) throw new UserError('resource(s) were provided, but no name was specified')
    yield* (await resources.list(type, {namespace, selector: selectorOf(selection)})).items
  }
}

async function* objectsOfFiles(selection: ObjectSelection, filenames: readonly string[], resources: Resources): AsyncIterable<KubeObject> {
  const {recursive, stdin, namespace} = selection
  for await (const document of readDocuments({filenames, recursive, stdin, namespace}, resources)) {
    if (document.type === 'problem') throw document.error
    yield await resources.get(document.resource, document.object.metadata.namespace, document.object.metadata.name)
  }
}

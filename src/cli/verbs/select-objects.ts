import type {KubeObject} from '../../api/object.js'
import {notFound, type StatusError} from '../../api/status-error.js'
import {UserError} from '../../base/user-error.js'
import type {Resources} from '../../resources/resources.js'
import {typesInStore} from '../../resources/types-in-store.js'
import {readDocuments} from '../manifests/documents.js'
import {namespaceOf} from '../flags/namespace.js'
import {selectorOf} from '../flags/selector.js'
import {refuseWordsWithFiles} from '../command-line/refuse-words-with-files.js'
import {parseTargets} from '../targets.js'
import {throwTogether} from '../throw-together.js'

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

/**
 * The live objects a command line means, whichever way it names them, and then, of those that are not there, NotFound (several in an AggregateError):
 * it does not stop the rest. Throws a UserError where it names none. Source: cli-runtime `resource.Builder.ContinueOnError`.
 */
export async function* selectObjects(selection: ObjectSelection, resources: Resources): AsyncIterable<KubeObject> {
  if (selection.filename !== undefined) return yield* objectsOfFiles(selection, selection.filename, resources)
  const namespace = namespaceOf(selection)
  if (selection.words.length === 0) throw new UserError('one or more resources must be specified as <resource> <name> or <resource>/<name>')
  const missing: StatusError[] = []
  for (const {type, name} of parseTargets(selection.words, await typesInStore(resources))) {
    if (name !== undefined) {
      const found = await resources.find(type, namespace ?? 'default', name)
      if (found === undefined) missing.push(notFound(type, name))
      else yield found
      continue
    }
    if (selection.selector === undefined && !selection.all) throw new UserError('resource(s) were provided, but no name was specified')
    yield* (await resources.list(type, {namespace, selector: selectorOf(selection)})).items
  }
  throwTogether(missing)
}

async function* objectsOfFiles(selection: ObjectSelection, filenames: readonly string[], resources: Resources): AsyncIterable<KubeObject> {
  const {recursive, stdin, namespace, words} = selection
  refuseWordsWithFiles(words, filenames)
  const unread: (StatusError | UserError)[] = []
  for await (const document of readDocuments({filenames, recursive, stdin, namespace, isValidated: false}, resources)) {
    if (document.type === 'problem') {
      unread.push(document.error)
      continue
    }
    const {name, namespace: place} = document.object.metadata
    const found = await resources.find(document.resource, place, name)
    if (found === undefined) unread.push(notFound(document.resource, name))
    else yield found
  }
  throwTogether(unread)
}

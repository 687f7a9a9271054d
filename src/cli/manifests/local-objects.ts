import type {KubeObject} from '../../api/object.js'
import {UserError} from '../../base/user-error.js'
import {readDocuments} from './documents.js'
import {throwTogether} from '../throw-together.js'

/** The groups of Kubernetes' own kinds; the Gateway API is not among them. */
const KUBERNETES = /^(?!gateway\.networking\.)([^.]*|.*\.k8s\.io)$/

export interface LocalOptions {
  readonly filename?: readonly string[] | undefined
  readonly recursive: boolean
  readonly namespace?: string | undefined
  /** Whether the verb works on the structs of Kubernetes' own kinds, and cannot read others. */
  readonly isTyped?: boolean
}

/**
 * The objects as files have them, for `--local`: without a namespace that is not written there. Throws what is wrong with the first bad document, and
 * at the end all that a verb with `isTyped` cannot read.
 */
export async function* localObjects({filename = [], recursive, namespace, isTyped = false}: LocalOptions): AsyncIterable<KubeObject> {
  const unread: UserError[] = []
  for await (const document of readDocuments({filenames: filename, recursive, stdin: process.stdin, namespace})) {
    if (document.type === 'problem') throw document.error
    const object = document.document.object as KubeObject
    if (!isTyped || KUBERNETES.test(document.resource.group)) yield object
    else unread.push(notInScheme(document.document.source.file, object))
  }
  throwTogether(unread)
}

/** What kubectl says of a kind it has no struct for; its scheme is called by the line that makes it. */
function notInScheme(file: string, {apiVersion, kind}: KubeObject): UserError {
  return new UserError(`unable to decode "${file}": no kind "${kind}" is registered for version "${apiVersion}" in scheme "pkg/scheme/scheme.go:28"`)
}

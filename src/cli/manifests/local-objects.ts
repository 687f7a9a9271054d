import type {KubeObject} from '../../api/object.js'
import {UserError} from '../../base/user-error.js'
import {readDocuments} from './documents.js'
import {hasStruct, notRegistered} from '../not-registered.js'
import {throwTogether} from '../throw-together.js'

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
  for await (const document of readDocuments({filenames: filename, recursive, stdin: process.stdin, namespace, isValidated: false})) {
    if (document.type === 'problem') throw document.error
    const object = document.document.object as KubeObject
    if (!isTyped || hasStruct(object)) yield object
    else unread.push(new UserError(`unable to decode "${document.document.source.file}": ${notRegistered(object).message}`))
  }
  throwTogether(unread)
}

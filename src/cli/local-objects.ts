import type {KubeObject} from '../api/object.js'
import {readDocuments} from './documents.js'

/** The objects as files have them, for `--local`: without a namespace that is not written there. Throws what is wrong with the first bad document. */
export async function* localObjects({filename = [], recursive, namespace}: {
  readonly filename?: readonly string[] | undefined
  readonly recursive: boolean
  readonly namespace?: string | undefined
}): AsyncIterable<KubeObject> {
  for await (const document of readDocuments({filenames: filename, recursive, stdin: process.stdin, namespace})) {
    if (document.type === 'problem') throw document.error
    yield document.document.object as KubeObject
  }
}

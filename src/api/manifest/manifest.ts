import type {ParsedNode} from 'yaml'
import type {Json} from '../object.js'
import {expandList} from './expand-list.js'
import {lineFinder, type Position} from './line-finder.js'
import {locate} from './locate.js'
import {parseYaml} from './parse-yaml.js'
import {toProblem} from './problem.js'
import {splitDocuments, type Chunk} from './split-documents.js'
import {toDocument, type Source} from './to-document.js'
import {toJson} from './to-json.js'
import {Unreadable} from './unreadable.js'

/** What a manifest says: a KubeObject as far as anybody knows before its schema has been checked. */
export interface ManifestObject {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata?: object
}

export interface ManifestDocument {
  readonly type: 'document'
  readonly object: ManifestObject
  readonly source: {readonly file: string; readonly line: number}
  /** The line of the field at `path`, or of the nearest field around it that is written. */
  lineOf(path: readonly (string | number)[]): number
}

/** A document that cannot be read. `message` is a whole sentence that names the file and the place. */
export interface ManifestProblem extends Position {
  readonly type: 'problem'
  readonly file: string
  readonly message: string
}

export type ManifestResult = ManifestDocument | ManifestProblem

/** etcd's limit for one object, which the API server passes on; lists are sent object by object. */
const MAX_DOCUMENT = 3 * 1024 * 1024
/** Spares what can be no list a reading that takes its time. */
const MAY_BE_LIST = /^items:|"items"/m
/** Reading takes about a second per 1.5 MB; what is larger than this is no manifest. */
const MAX_TEXT = 16 * 1024 * 1024

/**
 * Reads YAML or JSON as kubectl does (YAML 1.1 scalars, several documents, lists expanded, empty documents skipped), but each document
 * for itself: a broken one becomes a problem among the others. `file` is what messages call the text. For verbs that do not validate, the last of two
 * equal keys counts, and problems are said in other words. Never throws.
 */
export function parseManifest(text: string, file: string, {isValidated = true} = {}): readonly ManifestResult[] {
  const find = lineFinder(text)
  const sourceOf = (chunk: Chunk): Source => ({file, chunk, isValidated, positionAt: (offset) => find(chunk.offset + offset)})
  if (text.length > MAX_TEXT) return [tooLarge(file, text.length)]
  return splitDocuments(text).flatMap((chunk) => {
    const source = sourceOf(chunk)
    return orProblem(source, () => parseDocuments(source))
  })
}

function tooLarge(file: string, length: number): ManifestResult {
  const message = `error parsing ${file}: ${length} characters are too many for a manifest: limit is ${MAX_TEXT}`
  return toProblem(new Unreadable('size', message, 0), file, {line: 1, column: 1})
}

function parseDocuments(source: Source): readonly ManifestResult[] {
  const root = parseChunk(source.chunk)
  if (root === null) return []
  const value = decode(root, source)
  if (value === null) return []
  return expandList(value).flatMap((item) =>
    orProblem(source, () => {
      if (source.chunk.text.length > MAX_DOCUMENT) requireSize(JSON.stringify(item.value), locate(root, item.path))
      return [toDocument(item, root, source)]
    }),
  )
}

function requireSize(text: string, offset: number): void {
  if (text.length > MAX_DOCUMENT) throw new Unreadable('size', `Request entity too large: limit is ${MAX_DOCUMENT}`, offset)
}

function orProblem(source: Source, parse: () => readonly ManifestResult[]): readonly ManifestResult[] {
  try {
    return parse()
  } catch (error) {
    if (error instanceof Unreadable) return [toProblem(error, source.file, source.positionAt(error.offset))]
    throw error
  }
}

function parseChunk({text, badSeparator}: Chunk): ParsedNode | null {
  if (badSeparator !== undefined) throw new Unreadable('stream', `invalid Yaml document separator: ${badSeparator}`, 0)
  if (!MAY_BE_LIST.test(text)) requireSize(text, 0)
  return parseYaml(text)
}

function decode(root: ParsedNode, source: Source): Json {
  const {value, duplicates} = toJson(root)
  const [first] = duplicates
  if (first === undefined || !source.isValidated) return value
  const lines = duplicates.map(({key, offset}) => `  line ${source.positionAt(offset).line}: key ${JSON.stringify(key)} already set in map`)
  throw new Unreadable('unmarshal', lines.join('\n'), first.offset)
}

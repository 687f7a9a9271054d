import type {ParsedNode} from 'yaml'
import {goJson} from '../go-json.js'
import {isJsonObject, type Json, type JsonObject} from '../object.js'
import type {ListItem} from './expand-list.js'
import type {Position} from './line-finder.js'
import {locate} from './locate.js'
import type {ManifestDocument, ManifestObject} from './manifest.js'
import {parseYaml} from './parse-yaml.js'
import type {Chunk} from './split-documents.js'
import {Unreadable} from './unreadable.js'

/** A document's text, and how to say where something in it is. */
export interface Source {
  readonly file: string
  readonly chunk: Chunk
  /** Whether the verb validates what it reads. */
  readonly isValidated: boolean
  positionAt(offset: number): Position
}

/**
 * One object of the API with its place. It keeps its text, not the much larger syntax tree, which is built again for whoever asks for
 * a line. Throws Unreadable where apiVersion or kind is missing.
 */
export function toDocument({value, path}: ListItem, root: ParsedNode, source: Source): ManifestDocument {
  const offset = locate(root, path)
  const lineAt = (tree: ParsedNode, place: ListItem['path']) => source.positionAt(locate(tree, place)).line
  let tree: ParsedNode | null | undefined
  return {
    type: 'document',
    object: requireType(value, offset, source),
    source: {file: source.file, line: lineAt(root, path)},
    lineOf(place) {
      tree ??= parseYaml(source.chunk.text)
      return tree === null ? 1 : lineAt(tree, [...path, ...place])
    },
  }
}

/** Source: kubectl `pkg/validation/schema.go` `getObjectKind`. */
function requireType(value: Json, offset: number, {isValidated}: Source): ManifestObject {
  if (!isValidated) requireDecodable(value, offset)
  if (!isJsonObject(value)) throw new Unreadable('validating', 'invalid object to validate', offset)
  const faults = [...faultsOf(value, 'apiVersion'), ...faultsOf(value, 'kind'), ...(isMetadata(value.metadata) ? [] : ["metadata isn't object type"])]
  if (faults.length > 0) throw new Unreadable('validating', faults.length === 1 ? faults.join() : `[${faults.join(', ')}]`, offset)
  return value as JsonObject & ManifestObject
}

/** What is said before any validation. Source: apimachinery `unstructuredJSONScheme`. */
function requireDecodable(value: Json, offset: number): void {
  if (!isJsonObject(value)) throw new Unreadable('decoding', `json: cannot unmarshal ${goKindOf(value)} into Go value of type unstructured.detector`, offset)
  if ((value['kind'] ?? '') === '') throw new Unreadable('decoding', `Object 'Kind' is missing in '${goJson(value)}'`, offset)
}

function goKindOf(value: Json): string {
  if (Array.isArray(value)) return 'array'
  return typeof value === 'boolean' ? 'bool' : typeof value
}

function faultsOf(object: JsonObject, field: string): readonly string[] {
  const value = object[field] ?? ''
  if (typeof value !== 'string') return [`${field} isn't string type`]
  return value === '' ? [`${field} not set`] : []
}

function isMetadata(value: Json | undefined): boolean {
  return value === undefined || isJsonObject(value)
}

import {parseManifest, type ManifestDocument} from '../../api/manifest/manifest.js'
import type {KubeObject} from '../../api/object.js'
import {findByKind} from '../../api/registry.js'
import type {ResourceType} from '../../api/resource-type.js'
import {UserError} from '../../base/user-error.js'
import type {Resources} from '../../resources/resources.js'
import {typesInStore} from '../../resources/types-in-store.js'
import {currentNamespace} from '../context/context-file.js'
import {readSources, type SourceOptions} from './manifest-sources.js'

/** One document of the files a command was given: an object of a known type in its namespace, or what is wrong with it. */
export type DocumentResult =
  | {readonly type: 'object'; readonly object: KubeObject; readonly resource: ResourceType; readonly document: ManifestDocument}
  | {readonly type: 'problem'; readonly error: UserError}

export interface DocumentOptions extends SourceOptions {
  /** `-n` as the user gave it; objects that name another namespace are then refused. */
  readonly namespace: string | undefined
  /** Whether the verb validates what it reads; it does unless said. */
  readonly isValidated?: boolean
}

/**
 * Everything `-f` names, document by document. One bad document does not hide the others: it comes as a problem and reading goes on.
 * With `resources`, kinds that stored definitions make are known too. Throws a UserError where a source itself cannot be read.
 */
export async function* readDocuments(options: DocumentOptions, resources?: Resources): AsyncIterable<DocumentResult> {
  let usual: string | undefined
  const usualNamespace = () => (usual ??= options.namespace ?? currentNamespace()) // read from a file, and by many documents wanted
  for await (const {name, text} of readSources(options)) {
    for (const result of parseManifest(text, name, options)) {
      if (result.type === 'problem') yield {type: 'problem', error: new UserError(result.message)}
      else yield resolveDocument(result, await typeOfDocument(result, resources), {asked: options.namespace, usualNamespace})
    }
  }
}

/** What a document writes; undefined for a problem. */
export function objectOf(document: DocumentResult): KubeObject | undefined {
  return document.type === 'object' ? document.object : undefined
}

/** Kinds that users define are looked up document by document: a definition may come before its objects in one file. */
async function typeOfDocument({object}: ManifestDocument, resources: Resources | undefined): Promise<ResourceType | undefined> {
  const {apiVersion, kind} = object as KubeObject
  const [group, version] = splitApiVersion(apiVersion)
  const known = findByKind(group, version, kind)
  if (known !== undefined || resources === undefined) return known
  return findByKind(group, version, kind, await typesInStore(resources))
}

interface Places {
  readonly asked: string | undefined
  readonly usualNamespace: () => string
}

function resolveDocument(document: ManifestDocument, resource: ResourceType | undefined, {asked, usualNamespace}: Places): DocumentResult {
  const object = document.object as KubeObject
  if (resource === undefined) return {type: 'problem', error: unknownKind(document)}
  if (!resource.namespaced) return {type: 'object', object: withoutNamespace(object), resource, document}
  const own = object.metadata?.namespace
  if (own !== undefined && asked !== undefined && own !== asked) return {type: 'problem', error: otherNamespace(own, asked)}
  const placed = {...object, metadata: {...object.metadata, namespace: own ?? usualNamespace()}}
  return {type: 'object', object: placed, resource, document}
}

function splitApiVersion(apiVersion: string): [group: string, version: string] {
  const slash = apiVersion.indexOf('/')
  return slash === -1 ? ['', apiVersion] : [apiVersion.slice(0, slash), apiVersion.slice(slash + 1)]
}

function withoutNamespace(object: KubeObject): KubeObject {
  const {namespace: _, ...metadata} = object.metadata ?? {}
  return {...object, metadata: metadata as KubeObject['metadata']}
}

function unknownKind({object, source}: ManifestDocument): UserError {
  const {apiVersion, kind, metadata} = object as KubeObject
  const where = `name: "${metadata?.name ?? ''}" namespace: "${metadata?.namespace ?? ''}" from "${source.file}"`
  return new UserError(`resource mapping not found for ${where}: no matches for kind "${kind}" in version "${apiVersion}"`, {
    hint: 'ensure CRDs are installed first',
  })
}

function otherNamespace(own: string, asked: string): UserError {
  return new UserError(
    `the namespace from the provided object "${own}" does not match the namespace "${asked}". You must pass '--namespace=${own}' to perform this operation.`,
  )
}

/** `deployment.apps/tcp-echo-v1`: kind and group in lower case, the group as the manifest has it. Source: kubectl `NamePrinter`. */
export function printedName(object: Pick<KubeObject, 'apiVersion' | 'kind'> & {readonly metadata: {readonly name: string}}): string {
  const [group] = splitApiVersion(object.apiVersion)
  const kind = object.kind.toLowerCase()
  return `${group === '' ? kind : `${kind}.${group}`}/${object.metadata.name}`
}

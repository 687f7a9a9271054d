import {matches, type Selector} from '../../api/labels.js'
import {isJsonObject, type JsonObject, type KubeObject} from '../../api/object.js'
import {StatusError} from '../../api/status-error.js'
import {applyServerSide} from '../../resources/apply-server-side.js'
import {apply} from '../../resources/apply.js'
import {LAST_APPLIED} from '../../resources/last-applied.js'
import type {Resources} from '../../resources/resources.js'
import {readDocuments, type DocumentOptions, type DocumentResult} from '../manifests/documents.js'
import {statusText} from '../failure.js'
import {UserError} from '../../base/user-error.js'
import {prunable, type PruneOptions} from './prune.js'

export interface DiffOptions extends DocumentOptions {
  readonly selector?: Selector | undefined
  readonly fieldManager: string
  readonly serverSide?: {readonly force: boolean} | undefined
  readonly managedFields: boolean
  readonly prune?: Pick<PruneOptions, 'types' | 'selector'> | undefined
}

/** An object as it is and as it would be; undefined where there is none. */
export interface Difference {
  /** How its file is called: `group.version.Kind.namespace.name`. */
  readonly name: string
  readonly live: KubeObject | undefined
  readonly merged: KubeObject | undefined
}

/** What applying the files would change, nothing of it done. Throws the first refusal. */
export async function* differences(options: DiffOptions, resources: Resources): AsyncIterable<Difference> {
  const seen: KubeObject[] = []
  for await (const document of readDocuments({...options, isValidated: false}, resources)) {
    if (document.type === 'problem') throw document.error
    if (options.selector !== undefined && !matches(options.selector, document.object.metadata.labels ?? {})) continue
    const difference = await differenceOf(document, options, resources)
    seen.push(difference.live ?? document.object)
    yield difference
  }
  if (options.prune === undefined) return
  for (const object of await prunable(seen, options.prune, resources)) yield {name: nameOf(object), live: object, merged: undefined}
}

async function differenceOf(
  {object, resource, document}: Extract<DocumentResult, {type: 'object'}>,
  options: DiffOptions,
  resources: Resources,
): Promise<Difference> {
  const {fieldManager, serverSide, managedFields} = options
  const stored = await resources.find(resource, object.metadata.namespace, object.metadata.name, {managedFields})
  const write = {dryRun: true, fieldManager, managedFields}
  try {
    const applied = serverSide === undefined ? await apply(resources, object, write) : await applyServerSide(resources, object, {...write, ...serverSide})
    const merged = serverSide === undefined ? withAnnotationOf(stored, applied.object) : applied.object
    const inItsVersion = (one: KubeObject) => ({...one, apiVersion: object.apiVersion})
    return masked({name: nameOf(object), live: stored && inItsVersion(stored), merged: inItsVersion(merged)})
  } catch (error) {
    if (!(error instanceof StatusError)) throw error
    throw new UserError(statusText(error, `error when patching "${document.source.file}"`).replace(/^error: /, ''), {exitCode: 2})
  }
}

/** The file as `apply` remembers it is no part of what would change. */
function withAnnotationOf(live: KubeObject | undefined, object: KubeObject): KubeObject {
  const {[LAST_APPLIED]: _, ...annotations} = object.metadata.annotations ?? {}
  const kept = live?.metadata.annotations?.[LAST_APPLIED]
  const next = kept === undefined ? annotations : {...annotations, [LAST_APPLIED]: kept}
  const {annotations: __, ...metadata} = object.metadata
  return {...object, metadata: Object.keys(next).length === 0 ? metadata : {...metadata, annotations: next}}
}

function nameOf({apiVersion, kind, metadata: {namespace = '', name}}: KubeObject): string {
  return `${apiVersion.replace('/', '.')}.${kind}.${namespace}.${name}`.replaceAll('/', '-')
}

/** What Secrets hold is not shown, only that it differs (kubectl `diff.go`, `Masker`). */
function masked(difference: Difference): Difference {
  const {live, merged} = difference
  if ((merged ?? live)?.kind !== 'Secret') return difference
  const [before, after] = [dataOf(live), dataOf(merged)]
  const mask = (own: JsonObject, other: JsonObject, differing: string) =>
    Object.fromEntries(Object.entries(own).map(([key, value]) => [key, other[key] === undefined || other[key] === value ? '***' : differing]))
  return {...difference, live: withData(live, mask(before, after, '*** (before)')), merged: withData(merged, mask(after, before, '*** (after)'))}
}

function dataOf(object: KubeObject | undefined): JsonObject {
  const data = (object as {readonly data?: unknown} | undefined)?.data
  return isJsonObject(data) ? data : {}
}

function withData(object: KubeObject | undefined, data: JsonObject): KubeObject | undefined {
  return object === undefined || Object.keys(data).length === 0 ? object : ({...object, data} as KubeObject)
}

import type {KubeObject} from '../../api/object.js'
import type {ResourceType} from '../../api/resource-type.js'
import {withLastApplied, LAST_APPLIED} from '../../resources/last-applied.js'
import type {Resources} from '../../resources/resources.js'
import {sideBySide} from '../../resources/side-by-side.js'
import type {FieldValidation} from '../../resources/write-options.js'
import {documentOrigin} from '../manifests/document-origin.js'
import {objectOf, readDocuments, type DocumentOptions, type DocumentResult} from '../manifests/documents.js'
import {failed} from '../failed.js'
import type {DryRun} from '../flags/dry-run.js'
import type {Outcome} from './outcome.js'

export interface ReplaceOptions extends DocumentOptions {
  readonly dryRun: DryRun
  readonly fieldValidation: FieldValidation
  readonly fieldManager: string
  readonly managedFields: boolean
  /** Remembers the file as `apply` does, so that `apply` can go on from there; what has the annotation keeps it in step anyway. */
  readonly savesConfig: boolean
  readonly subresource?: 'status' | undefined
  /** The objects are made anew: they have been deleted before. */
  readonly isAnew: boolean
}

/** Replaces every object by its document; a refused one does not stop the rest. */
export async function* replaceFiles(options: ReplaceOptions, resources: Resources): AsyncIterable<Outcome> {
  yield* sideBySide(readDocuments(options, resources), objectOf, (document) => replaceOne(document, options, resources))
}

async function replaceOne(document: DocumentResult, options: ReplaceOptions, resources: Resources): Promise<Outcome> {
  if (document.type === 'problem') return failed(document.error)
  const {object, resource, document: source} = document
  const {dryRun} = options
  const wanted = remembering(object, options.savesConfig)
  try {
    if (dryRun === 'client') {
      await resources.get(resource, object.metadata.namespace, object.metadata.name)
      return {type: 'done', operation: 'replaced', object: wanted, warnings: []}
    }
    const {object: written, warnings} = await write(resource, wanted, options, resources)
    if (dryRun === 'none') await resources.origins.remember(written, documentOrigin(source))
    return {type: 'done', operation: 'replaced', object: {...written, apiVersion: object.apiVersion}, warnings}
  } catch (error) {
    return failed(error, `error when replacing "${source.source.file}"`)
  }
}

async function write(
  resource: ResourceType,
  object: KubeObject,
  options: ReplaceOptions,
  resources: Resources,
): Promise<{readonly object: KubeObject; readonly warnings: readonly string[]}> {
  const {dryRun, fieldValidation, fieldManager, managedFields, subresource, isAnew} = options
  const to = {dryRun: dryRun === 'server', fieldValidation, fieldManager, managedFields}
  if (isAnew) return resources.create(object, to)
  if (subresource === undefined) return resources.update(object, to)
  await resources.get(resource, object.metadata.namespace, object.metadata.name)
  return {object: await resources.updateStatus(object, to), warnings: []}
}

/** Source: kubectl `util.CreateOrUpdateAnnotation`. */
function remembering(object: KubeObject, savesConfig: boolean): KubeObject {
  return savesConfig || object.metadata.annotations?.[LAST_APPLIED] !== undefined ? withLastApplied(object) : object
}

import {UserError} from '../../base/user-error.js'
import {withLastApplied} from '../../resources/last-applied.js'
import type {Resources} from '../../resources/resources.js'
import {sideBySide} from '../../resources/side-by-side.js'
import type {FieldValidation} from '../../resources/write-options.js'
import {documentOrigin} from '../manifests/document-origin.js'
import {objectOf, readDocuments, type DocumentOptions, type DocumentResult} from '../manifests/documents.js'
import {failed} from '../failed.js'
import type {DryRun} from '../flags/dry-run.js'
import type {Outcome} from '../verbs/outcome.js'

export interface CreateOptions extends DocumentOptions {
  readonly dryRun: DryRun
  readonly fieldValidation: FieldValidation
  readonly fieldManager: string
  /** The objects get the annotation that apply compares with. */
  readonly savesConfig: boolean
}

/** Creates every document there is; one that exists already is refused and the rest goes on. Throws a UserError where there is none. */
export async function* createFiles(options: CreateOptions, resources: Resources): AsyncIterable<Outcome> {
  let count = 0
  for await (const outcome of sideBySide(readDocuments(options, resources), objectOf, (document) => createDocument(document, options, resources))) {
    count++
    yield outcome
  }
  if (count === 0) throw new UserError('no objects passed to create')
}

async function createDocument(document: DocumentResult, options: CreateOptions, resources: Resources): Promise<Outcome> {
  if (document.type === 'problem') return failed(document.error)
  const {object: written, document: source} = document
  const {dryRun, fieldValidation, fieldManager} = options
  const object = options.savesConfig ? withLastApplied(written) : written
  if (dryRun === 'client') return {type: 'done', operation: 'created', object, warnings: []}
  try {
    const created = await resources.create(object, {dryRun: dryRun === 'server', fieldValidation, fieldManager})
    if (dryRun === 'none') await resources.origins.remember(created.object, documentOrigin(source))
    return {type: 'done', operation: 'created', object: {...created.object, apiVersion: object.apiVersion}, warnings: created.warnings}
  } catch (error) {
    return failed(error, `error when creating "${source.source.file}"`)
  }
}

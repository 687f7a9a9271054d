import {StatusError} from '../../api/status-error.js'
import {UserError} from '../../base/user-error.js'
import type {Resources} from '../../resources/resources.js'
import {documentOrigin} from '../document-origin.js'
import {readDocuments, type DocumentResult} from '../documents.js'
import {failureOf, statusText} from '../failure.js'
import type {FileVerbOptions} from '../file-verb-command.js'
import type {Outcome} from './outcome.js'

/** Creates every document there is; one that exists already is refused and the rest goes on. Throws a UserError where there is none. */
export async function* createFiles(options: FileVerbOptions, resources: Resources): AsyncIterable<Outcome> {
  let count = 0
  for await (const document of readDocuments(options, resources)) {
    count++
    yield await createDocument(document, options, resources)
  }
  if (count === 0) throw new UserError('no objects passed to create')
}

async function createDocument(document: DocumentResult, {dryRun, fieldValidation}: FileVerbOptions, resources: Resources): Promise<Outcome> {
  if (document.type === 'problem') return {type: 'failed', text: failureOf(document.error).text}
  const {object, document: source} = document
  if (dryRun === 'client') return {type: 'done', operation: 'created', object, warnings: []}
  try {
    const created = await resources.create(object, {dryRun: dryRun === 'server', fieldValidation})
    if (dryRun === 'none') await resources.origins.remember(created.object, documentOrigin(source))
    return {type: 'done', operation: 'created', object: {...created.object, apiVersion: object.apiVersion}, warnings: created.warnings}
  } catch (error) {
    if (error instanceof StatusError) return {type: 'failed', text: statusText(error, `error when creating "${source.source.file}"`)}
    throw error
  }
}

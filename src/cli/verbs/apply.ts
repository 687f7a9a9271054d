import type {KubeObject} from '../../api/object.js'
import {StatusError} from '../../api/status-error.js'
import {UserError} from '../../base/user-error.js'
import {apply, planApply} from '../../resources/apply.js'
import type {Resources} from '../../resources/resources.js'
import {documentOrigin} from '../document-origin.js'
import {readDocuments, type DocumentResult} from '../documents.js'
import {failureOf, statusText} from '../failure.js'
import type {FileVerbOptions} from '../file-verb-command.js'
import type {Outcome} from './outcome.js'

/** Applies every document there is, one after the other; a refused one does not stop the rest. Throws a UserError where there is none. */
export async function* applyFiles(options: FileVerbOptions, resources: Resources): AsyncIterable<Outcome> {
  let count = 0
  for await (const document of readDocuments(options, resources)) {
    count++
    yield await applyDocument(document, options, resources)
  }
  if (count === 0) throw new UserError('no objects passed to apply')
}

async function applyDocument(document: DocumentResult, options: FileVerbOptions, resources: Resources): Promise<Outcome> {
  if (document.type === 'problem') return {type: 'failed', text: failureOf(document.error).text}
  const {object, document: source} = document
  const file = source.source.file
  if (object.metadata.name === undefined || object.metadata.name === '') return {type: 'failed', text: nameless(document, file)}
  try {
    return await (options.dryRun === 'client' ? pretend(object, resources) : carryOut(document, options, resources))
  } catch (error) {
    if (error instanceof StatusError) return {type: 'failed', text: statusText(error, `error when ${await actOn(object, resources)} "${file}"`)}
    throw error
  }
}

async function carryOut({object, document}: Extract<DocumentResult, {type: 'object'}>, {dryRun, fieldValidation}: FileVerbOptions, resources: Resources): Promise<Outcome> {
  const {operation, object: stored, warnings} = await apply(resources, object, {dryRun: dryRun === 'server', fieldValidation})
  if (dryRun === 'none') await resources.origins.remember(stored, documentOrigin(document))
  return {type: 'done', operation, object: {...stored, apiVersion: object.apiVersion}, warnings}
}

/** As kubectl's client dry run: whether there is such an object decides the word, nothing is sent. */
async function pretend(object: KubeObject, resources: Resources): Promise<Outcome> {
  const plan = await planApply(resources, object)
  return {type: 'done', operation: plan.type === 'create' ? 'created' : 'configured', object: {...plan.object, apiVersion: object.apiVersion}, warnings: []}
}

async function actOn(object: KubeObject, resources: Resources): Promise<string> {
  const plan = await planApply(resources, object)
  return plan.type === 'create' ? 'creating' : 'patching'
}

function nameless({object, resource}: Extract<DocumentResult, {type: 'object'}>, file: string): string {
  const gv = object.apiVersion.includes('/') ? object.apiVersion : `/${object.apiVersion}`
  return [
    'error: error when retrieving current configuration of:',
    `Resource: "${gv}, Resource=${resource.plural}", GroupVersionKind: "${gv}, Kind=${resource.kind}"`,
    `Name: "", Namespace: "${object.metadata.namespace ?? ''}"`,
    `from server for: "${file}": resource name may not be empty`,
  ].join('\n')
}

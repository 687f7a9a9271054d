import {goJson} from '../../api/go-json.js'
import {matches, type Selector} from '../../api/labels.js'
import type {KubeObject} from '../../api/object.js'
import type {ResourceType} from '../../api/resource-type.js'
import {isConflict, StatusError} from '../../api/status-error.js'
import {UserError} from '../../base/user-error.js'
import {apply, planApply, type ApplyPlan} from '../../resources/apply.js'
import {applyServerSide} from '../../resources/apply-server-side.js'
import type {Resources} from '../../resources/resources.js'
import {sideBySide} from '../../resources/side-by-side.js'
import {upgradeToServerSide} from '../../resources/upgrade-to-server-side.js'
import type {FieldValidation} from '../../resources/write-options.js'
import {documentOrigin} from '../manifests/document-origin.js'
import {objectOf, readDocuments, type DocumentOptions, type DocumentResult} from '../manifests/documents.js'
import {failed, type Failed} from '../failed.js'
import type {DryRun} from '../flags/dry-run.js'
import type {Outcome} from './outcome.js'

export interface ApplyVerbOptions extends DocumentOptions {
  readonly dryRun: DryRun
  readonly fieldValidation: FieldValidation
  readonly fieldManager: string
  readonly managedFields: boolean
  /** Only the documents whose labels are such. */
  readonly selector?: Selector | undefined
  readonly overwrite: boolean
  /** `--server-side`: whether fields are taken from other managers. */
  readonly serverSide?: {readonly force: boolean} | undefined
  /** `--force`: deletes what cannot be changed, so that it can be made anew. */
  readonly recreate?: ((object: KubeObject) => Promise<void>) | undefined
}

type Document = Extract<DocumentResult, {type: 'object'}>

/** Applies every document there is, in their order; a refused one does not stop the rest. Throws a UserError where there is none. */
export async function* applyFiles(options: ApplyVerbOptions, resources: Resources): AsyncIterable<Outcome> {
  let count = 0
  for await (const outcome of sideBySide(chosen(options, resources), objectOf, (document) => applyDocument(document, options, resources))) {
    count++
    yield outcome
  }
  if (count === 0) throw new UserError('no objects passed to apply')
}

async function* chosen(options: ApplyVerbOptions, resources: Resources): AsyncIterable<DocumentResult> {
  for await (const document of readDocuments(options, resources)) {
    if (document.type === 'problem' || options.selector === undefined || matches(options.selector, document.object.metadata.labels ?? {})) yield document
  }
}

async function applyDocument(document: DocumentResult, options: ApplyVerbOptions, resources: Resources): Promise<Outcome> {
  if (document.type === 'problem') return failed(document.error)
  const {object, resource, document: source} = document
  const file = source.source.file
  if (object.metadata.name === undefined || object.metadata.name === '') return failed(nameless(object, resource, file))
  try {
    if (options.serverSide !== undefined) return await carryOutServerSide(document, options.serverSide.force, options, resources)
    return await (options.dryRun === 'client' ? pretend(object, resources) : carryOut(document, options, resources))
  } catch (error) {
    if (!(error instanceof StatusError)) return failed(error)
    if (options.serverSide !== undefined) return serverSideFailure(error, file)
    return failed(error, doingOf(await planApply(resources, object), resource, file))
  }
}

async function carryOut({object, document}: Document, options: ApplyVerbOptions, resources: Resources): Promise<Outcome> {
  const {dryRun, fieldValidation, fieldManager, managedFields, overwrite, recreate} = options
  const write = {dryRun: dryRun === 'server', fieldValidation, fieldManager, managedFields, overwrite}
  const applied = await apply(resources, object, write).catch(async (error: unknown) => {
    const isStuck = recreate !== undefined && error instanceof StatusError && (error.reason === 'Invalid' || isConflict(error))
    if (!isStuck || (await planApply(resources, object)).type === 'create') throw error
    await recreate(object)
    return {...(await apply(resources, object, write)), operation: 'configured'}
  })
  if (dryRun === 'none') await resources.origins.remember(applied.object, documentOrigin(document))
  return {type: 'done', operation: applied.operation, object: {...applied.object, apiVersion: object.apiVersion}, warnings: applied.warnings}
}

/** What was applied on the client's side before is handed over, and applied once more so that what is no longer stated goes. */
async function carryOutServerSide({object, document}: Document, force: boolean, options: ApplyVerbOptions, resources: Resources): Promise<Outcome> {
  const {dryRun, fieldValidation, fieldManager, managedFields} = options
  const write = {dryRun: dryRun === 'server', fieldValidation, fieldManager, managedFields, force}
  let applied = await applyServerSide(resources, object, write)
  if (dryRun === 'none') {
    if (fieldManager === 'kubectl' && (await upgradeToServerSide(resources, object))) applied = await applyServerSide(resources, object, write)
    await resources.origins.remember(applied.object, documentOrigin(document))
  }
  return {type: 'done', operation: 'serverside-applied', object: {...applied.object, apiVersion: object.apiVersion}, warnings: applied.warnings}
}

/** As kubectl's client dry run: whether there is such an object decides the word, nothing is sent. */
async function pretend(object: KubeObject, resources: Resources): Promise<Outcome> {
  const plan = await planApply(resources, object)
  return {type: 'done', operation: plan.type === 'create' ? 'created' : 'configured', object: {...plan.object, apiVersion: object.apiVersion}, warnings: []}
}

/** What a refusal is said to have come of. Source: kubectl `apply.go`, `patcher.go`. */
function doingOf(plan: ApplyPlan, resource: ResourceType, file: string): string {
  if (plan.type !== 'configure') return `error when ${plan.type === 'create' ? 'creating' : 'patching'} "${file}"`
  const {apiVersion, metadata} = plan.object
  const where = `${resourceLine(apiVersion, resource)}\nName: "${metadata.name}", Namespace: "${metadata.namespace ?? ''}"`
  return `error when applying patch:\n${goJson(plan.patch.body)}\nto:\n${where}\nfor: "${file}": error when patching "${file}"`
}

const WAYS_OUT = `Please review the fields above--they currently have other managers. Here
are the ways you can resolve this warning:
* If you intend to manage all of these fields, please re-run the apply
  command with the \`--force-conflicts\` flag.
* If you do not intend to manage all of the fields, please edit your
  manifest to remove references to the fields that should keep their
  current managers.
* You may co-own fields by updating your manifest to match the existing
  value; in this case, you'll become the manager if the other manager(s)
  stop managing the field (remove it from their configuration).
See https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts`

function serverSideFailure(error: StatusError, file: string): Failed {
  return isConflict(error) ? failed(new UserError(error.message, {hint: WAYS_OUT})) : failed(error, `error when patching "${file}"`)
}

function nameless({apiVersion, metadata}: KubeObject, resource: ResourceType, file: string): UserError {
  const lines = [
    'error when retrieving current configuration of:',
    resourceLine(apiVersion, resource),
    `Name: "", Namespace: "${metadata.namespace ?? ''}"`,
    `from server for: "${file}": resource name may not be empty`,
  ]
  return new UserError(lines.join('\n'))
}

function resourceLine(apiVersion: string, {plural, kind}: ResourceType): string {
  const gv = apiVersion.includes('/') ? apiVersion : `/${apiVersion}`
  return `Resource: "${gv}, Resource=${plural}", GroupVersionKind: "${gv}, Kind=${kind}"`
}

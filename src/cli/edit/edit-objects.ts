import type {KubeObject} from '../../api/object.js'
import {qualifiedResource, StatusError} from '../../api/status-error.js'
import {UserError} from '../../base/user-error.js'
import {formatCompactJson} from '../../output/json.js'
import {withLastApplied} from '../../resources/last-applied.js'
import type {Resources} from '../../resources/resources.js'
import type {FieldValidation} from '../../resources/write-options.js'
import {typeInStore} from '../../resources/types-in-store.js'
import {editPatch, originalOf, readEdited} from './edit-patch.js'
import {editText, objectsText, withoutComments, type EditFormat, type EditReason} from './edit-text.js'
import {readEditFile, removeEditFile, writeEditFile} from './temp-file.js'

export interface EditOptions {
  readonly format: EditFormat
  readonly windowsLineEndings: boolean
  readonly savesConfig: boolean
  readonly fieldManager: string
  readonly fieldValidation: FieldValidation
  readonly managedFields: boolean
}

export interface EditDeps {
  readonly resources: Resources
  /** Resolves when the user has closed the editor. */
  readonly launch: (file: string) => Promise<void>
  readonly say: (text: string) => void
  /** Told of each object as it is written or found the same; `patch` is what was sent. */
  readonly done: (operation: 'edited' | 'skipped', object: KubeObject, patch: string) => void
}

/** What a round of the editor leads to. */
interface Round {
  readonly reasons: readonly EditReason[]
  /** Objects that are gone, or that were refused for what the editor cannot mend. */
  readonly lost: readonly ('missing' | 'refused')[]
}

/**
 * Lets the user edit the objects and writes what they changed; a bad edit is opened again with what is wrong on top, until it is right or
 * left as it is. Returns whether all went well; throws kubectl's UserErrors, and keeps the file then. Source: kubectl `editoptions.go`.
 */
export async function editObjects(objects: readonly KubeObject[], options: EditOptions, deps: EditDeps): Promise<boolean> {
  const original = objectsText(objects, options.format)
  let body = original
  let reasons: readonly EditReason[] = []
  let last: string | undefined
  for (;;) {
    const text = editText(body, reasons, options.format)
    const file = await writeEditFile(options.windowsLineEndings ? text.replaceAll('\n', '\r\n') : text, options.format)
    await deps.launch(file)
    const edited = withoutComments(await readEditFile(file))
    if (reasons.length > 0 && edited === body) throw kept('Edit cancelled, no valid changes were saved.', last ?? file, deps)
    if (last !== undefined) await removeEditFile(last)
    if (edited === original) {
      await removeEditFile(file)
      deps.say('Edit cancelled, no changes made.')
      return true
    }
    const round = await writeEdited(edited, objects, {options, deps, file})
    if (round.lost.length > 0) return lostEdits(round, file, deps)
    if (round.reasons.length === 0) {
      await removeEditFile(file)
      return true
    }
    ;[body, reasons, last] = [edited, round.reasons, file]
  }
}

async function writeEdited(
  text: string,
  objects: readonly KubeObject[],
  {options, deps, file}: {options: EditOptions; deps: EditDeps; file: string},
): Promise<Round> {
  const read = readEdited(text)
  if (read.type === 'unreadable') {
    const resource = await resourceName(objects[0], deps.resources)
    deps.say(`error: ${resource} is invalid`)
    return {reasons: [{head: `${resource} was not valid`, details: [`<nil>: Invalid value: "The edited file failed validation": ${read.why}`]}], lost: []}
  }
  try {
    const pairs = read.objects.map((edited) => ({edited, original: originalOf(edited, objects)}))
    const results: EditResult[] = []
    for (const {edited, original} of pairs) results.push(await writeOne(original, edited, options, deps))
    return {
      reasons: results.flatMap((result) => (result.type === 'invalid' ? [result.reason] : [])),
      lost: results.flatMap(({type}) => (type === 'missing' || type === 'refused' ? [type] : [])),
    }
  } catch (error) {
    if (error instanceof UserError) deps.say(copyText(file))
    throw error
  }
}

type EditResult = {readonly type: 'done' | 'missing' | 'refused'} | {readonly type: 'invalid'; readonly reason: EditReason}

async function writeOne(original: KubeObject, edited: KubeObject, options: EditOptions, {resources, say, done}: EditDeps): Promise<EditResult> {
  const type = await typeInStore(resources, original)
  const patch = editPatch(original, options.savesConfig ? withLastApplied(edited) : edited, type)
  if (patch === undefined) {
    done('skipped', original, '')
    return {type: 'done'}
  }
  try {
    const {fieldManager, fieldValidation, managedFields} = options
    const written = await resources.patch(type, original.metadata, patch, {fieldManager, fieldValidation, managedFields})
    for (const warning of written.warnings) say(`Warning: ${warning}`)
    done('edited', {...written.object, apiVersion: original.apiVersion}, formatCompactJson(patch.body))
    return {type: 'done'}
  } catch (error) {
    if (!(error instanceof StatusError)) throw error
    return refused(error, await resourceName(original, resources), say)
  }
}

function refused(error: StatusError, resource: string, say: (text: string) => void): EditResult {
  if (error.reason === 'Invalid') {
    say(`error: ${resource} is invalid`)
    const details = (error.details.causes ?? []).map(({field, message}) => `${field}: ${message}`)
    return {type: 'invalid', reason: {head: `${resource} was not valid`, details}}
  }
  if (error.reason === 'NotFound') {
    say(`error: ${resource} could not be found on the server`)
    return {type: 'missing'}
  }
  say(`error: ${resource} could not be patched: ${error.message}`)
  return {type: 'refused'}
}

async function resourceName(object: KubeObject | undefined, resources: Resources): Promise<string> {
  if (object === undefined) return 'the file'
  return `${qualifiedResource(await typeInStore(resources, object))} ${JSON.stringify(object.metadata.name)}`
}

function lostEdits({lost}: Round, file: string, deps: EditDeps): false {
  if (lost.includes('refused')) deps.say(`You can run \`tshift replace -f ${file}\` to try this update again.`)
  else deps.say(`The edits you made on deleted resources have been saved to ${JSON.stringify(file)}`)
  return false
}

function kept(message: string, file: string, deps: EditDeps): UserError {
  deps.say(copyText(file))
  return new UserError(message)
}

function copyText(file: string): string {
  return `A copy of your changes has been stored to ${JSON.stringify(file)}`
}

import type {KubeObject} from '../../api/object.js'
import {isSameJson} from '../../api/same-json.js'
import {UserError} from '../../base/user-error.js'
import {LAST_APPLIED, lastApplied, withLastApplied} from '../../resources/last-applied.js'
import {typeInStore} from '../../resources/types-in-store.js'
import type {FieldValidation} from '../../resources/write-options.js'
import {originalOf, readEdited} from './edit-patch.js'
import {objectsText, withoutComments, type EditFormat} from './edit-text.js'
import type {EditDeps} from './edit-objects.js'
import {readEditFile, removeEditFile, writeEditFile} from './temp-file.js'

export interface EditLastAppliedOptions {
  readonly format: EditFormat
  readonly windowsLineEndings: boolean
  readonly fieldManager: string
  readonly fieldValidation: FieldValidation
}

const HEADER =
  "# Please edit the 'last-applied-configuration' annotations below.\n# Lines beginning with a '#' will be ignored, and an empty file will abort the edit.\n#\n"

/**
 * Lets the user edit what objects were last applied from, and notes the result as that; nothing else of the objects changes. What cannot be read is opened
 * again, with the reason on top. Throws kubectl's UserErrors. Source: kubectl `editoptions.go`, `ApplyEditMode`.
 */
export async function editLastApplied(objects: readonly KubeObject[], options: EditLastAppliedOptions, deps: EditDeps): Promise<void> {
  const files = objects.flatMap((object) => (lastApplied(object) as unknown as KubeObject | undefined) ?? [])
  if (files.length === 0) {
    throw new UserError(
      'no last-applied-configuration annotation found on resources, to create the annotation, use command `tshift apply set-last-applied --create-annotation`',
    )
  }
  const original = objectsText(files, options.format)
  let [body, reason] = [original, '']
  for (;;) {
    const edited = await launch(`${options.format === 'json' ? '' : HEADER}${reason}${body}`, options, deps)
    if (edited === original) return deps.say('Edit cancelled, no changes made.')
    if (edited.trim() === '') return deps.say('Edit cancelled, saved file was empty.')
    if (reason !== '' && edited === body) throw new UserError('Edit cancelled, no valid changes were saved.')
    const read = readEdited(edited)
    if (read.type === 'objects') return note(read.objects, {files, objects}, {options, deps})
    ;[body, reason] = [edited, options.format === 'json' ? '' : `# The edited file had a syntax error: ${read.why.replaceAll('\n', '\n# ')}\n#\n`]
    deps.say(`error: The edited file had a syntax error: ${read.why}`)
  }
}

async function launch(text: string, {format, windowsLineEndings}: EditLastAppliedOptions, deps: EditDeps): Promise<string> {
  const file = await writeEditFile(windowsLineEndings ? text.replaceAll('\n', '\r\n') : text, format)
  await deps.launch(file)
  const edited = withoutComments(await readEditFile(file))
  await removeEditFile(file)
  return edited
}

interface Known {
  /** What the objects were applied from, as it is noted. */
  readonly files: readonly KubeObject[]
  readonly objects: readonly KubeObject[]
}

async function note(
  edited: readonly KubeObject[],
  {files, objects}: Known,
  {options, deps}: {readonly options: EditLastAppliedOptions; readonly deps: EditDeps},
): Promise<void> {
  for (const file of edited) {
    const before = originalOf(file, files)
    const live = objects.find(
      ({kind, metadata}) =>
        kind === file.kind && metadata.name === file.metadata.name && (file.metadata.namespace ?? metadata.namespace) === metadata.namespace,
    )
    if (live === undefined || isSameJson(before, file)) {
      deps.done('skipped', file, '')
      continue
    }
    const text = withLastApplied(file).metadata.annotations?.[LAST_APPLIED] ?? ''
    const body = {metadata: {annotations: {[LAST_APPLIED]: text}}}
    await deps.resources.patch(await typeInStore(deps.resources, live), live.metadata, {type: 'merge', body}, {fieldManager: options.fieldManager, fieldValidation: options.fieldValidation})
    deps.done('edited', file, '')
  }
}

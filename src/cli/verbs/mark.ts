import type {KubeObject} from '../../api/object.js'
import type {Resources} from '../../resources/resources.js'
import {sideBySide} from '../../resources/side-by-side.js'
import {typeInStore} from '../../resources/types-in-store.js'
import type {DryRun} from '../flags/dry-run.js'
import {markOperation, marksOf, remark, type MarkChange} from './marks.js'
import {orFailed, type Outcome} from './outcome.js'

export interface MarkOptions {
  readonly change: MarkChange
  readonly overwrite: boolean
  readonly dryRun: DryRun
  /** The version the object must still be at. */
  readonly resourceVersion?: string | undefined
  readonly fieldManager: string
  /** The objects come from files and are not stored. */
  readonly isLocal: boolean
  readonly managedFields: boolean
}

/** Changes the labels or annotations of every object; a refused one does not stop the rest. */
export function markAll(objects: AsyncIterable<KubeObject>, options: MarkOptions, resources: Resources): AsyncIterable<Outcome> {
  return sideBySide(objects, (object) => object, (object) => orFailed(() => markOne(object, options, resources)))
}

async function markOne(object: KubeObject, options: MarkOptions, resources: Resources): Promise<Outcome> {
  const {change, overwrite, dryRun, isLocal} = options
  const wanted = remark(object, change, overwrite)
  const operation = markOperation(change.kind, object, wanted, overwrite)
  if (isLocal || dryRun === 'client') return {type: 'done', operation, object: wanted, warnings: []}
  const missing = change.kind === 'label' ? change.remove.filter((key) => !Object.hasOwn(marksOf(object, 'label'), key)) : []
  const {resourceVersion, fieldManager, managedFields} = options
  const pinned = (live: KubeObject) => (resourceVersion === undefined ? live : {...live, metadata: {...live.metadata, resourceVersion}})
  const write = {dryRun: dryRun === 'server', fieldManager, managedFields}
  const {object: written, warnings} = await resources.mutate(
    await typeInStore(resources, object),
    object.metadata,
    (live) => pinned(remark(live, change, overwrite)),
    write,
  )
  return {type: 'done', operation, object: written, warnings, notes: missing.map((key) => `label ${JSON.stringify(key)} not found.`)}
}

/** `--list`: what is there, a line each; where there may be several objects, under a line that names theirs. */
export function listMarks(object: KubeObject, kind: MarkChange['kind'], isOnly: boolean): string {
  const slash = object.apiVersion.indexOf('/')
  const title = `Listing ${kind}s for ${object.kind}.${object.apiVersion.slice(0, Math.max(0, slash))}/${object.metadata.name}:`
  const lines = Object.entries(marksOf(object, kind)).map(([key, value]) => `${isOnly ? '' : ' '}${key}=${value}\n`)
  return `${isOnly ? '' : `${title}\n`}${lines.join('')}`
}

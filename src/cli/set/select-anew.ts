import type {KubeObject} from '../../api/object.js'
import {UserError} from '../../base/user-error.js'
import type {Resources} from '../../resources/resources.js'
import {typeInStore} from '../../resources/types-in-store.js'
import type {DryRun} from '../flags/dry-run.js'
import {orFailed, type Outcome} from '../verbs/outcome.js'

export interface SelectAnewOptions {
  /** Read once there is an object to give it to; throws a UserError. */
  readonly selector: () => Readonly<Record<string, string>>
  readonly dryRun: DryRun
  readonly fieldManager: string
  readonly isLocal: boolean
  readonly resourceVersion?: string | undefined
}

/** Gives each Service another selector; a refused one does not stop the rest. Source: kubectl `set_selector.go`. */
export async function* selectAnew(objects: readonly KubeObject[], options: SelectAnewOptions, resources: Resources): AsyncIterable<Outcome> {
  for (const object of objects) yield await orFailed(() => selectOne(object, options, resources))
}

async function selectOne(
  object: KubeObject,
  {selector, dryRun, fieldManager, isLocal, resourceVersion}: SelectAnewOptions,
  resources: Resources,
): Promise<Outcome> {
  if (object.kind !== 'Service') throw new UserError('setting a selector is only supported for Services')
  const wanted = selector()
  const changed = <T extends KubeObject>(live: T): T => {
    const metadata = resourceVersion === undefined ? live.metadata : {...live.metadata, resourceVersion}
    return {...live, metadata, spec: {...(live as {spec?: object}).spec, selector: wanted}}
  }
  if (isLocal || dryRun === 'client') return {type: 'done', operation: 'selector updated', object: changed(object), warnings: []}
  const type = await typeInStore(resources, object)
  const written = await resources.mutate(type, object.metadata, changed, {dryRun: dryRun === 'server', fieldManager})
  return {type: 'done', operation: 'selector updated', object: written.object, warnings: written.warnings}
}

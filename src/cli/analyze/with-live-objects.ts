import {type AnalyzedObject, fullName} from '../../analyze/analyzed-object.js'
import {groupKindOf} from '../../analyze/inventory.js'
import type {KubeObject} from '../../api/object.js'

/**
 * What would be there if the files were applied: objects of files take the place of live ones, and their age; what is new is younger than all
 * there is, for age decides which route is first. Of two documents about one object the later holds.
 */
export function withLiveObjects(files: readonly AnalyzedObject[], live: readonly KubeObject[], now: string): readonly AnalyzedObject[] {
  const objects = new Map<string, AnalyzedObject>(live.map((object) => [keyOf(object), {object}]))
  for (const file of files) {
    const key = keyOf(file.object)
    const {creationTimestamp = now} = objects.get(key)?.object.metadata ?? {}
    objects.set(key, {...file, object: {...file.object, metadata: {...file.object.metadata, creationTimestamp}}})
  }
  return [...objects.values()]
}

function keyOf(object: KubeObject): string {
  return `${groupKindOf(object)} ${fullName(object)}`
}

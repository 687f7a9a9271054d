import type {KubeObject, OwnerReference} from '../../api/object.js'

/** The owner reference that makes `owner` the controller of another object. */
export function controllerReference(owner: KubeObject): OwnerReference {
  return {
    apiVersion: owner.apiVersion,
    blockOwnerDeletion: true,
    controller: true,
    kind: owner.kind,
    name: owner.metadata.name,
    uid: owner.metadata.uid ?? '',
  }
}

/** Objects by the uid of their controller. */
export function byController<T extends KubeObject>(objects: readonly T[]): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const object of objects) {
    const uid = object.metadata.ownerReferences?.find(({controller}) => controller === true)?.uid
    if (uid === undefined) continue
    const group = groups.get(uid)
    if (group === undefined) groups.set(uid, [object])
    else group.push(object)
  }
  return groups
}

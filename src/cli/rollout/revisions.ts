import type {Deployment} from '../../api/kinds/deployment.js'
import {revisionOf} from '../../api/kinds/deployment-revision.js'
import {replicaSetType, type ReplicaSet} from '../../api/kinds/replica-set.js'
import type {Resources} from '../../resources/resources.js'

/** A Deployment's ReplicaSets by revision, the lowest first. */
export async function revisionsOf({metadata}: Deployment, resources: Resources): Promise<readonly ReplicaSet[]> {
  const {items} = await resources.list<ReplicaSet>(replicaSetType, {namespace: metadata.namespace})
  const owned = items.filter((replicaSet) => replicaSet.metadata.ownerReferences?.some(({uid, controller}) => controller === true && uid === metadata.uid))
  return [...owned].sort((a, b) => revisionOf(a) - revisionOf(b))
}

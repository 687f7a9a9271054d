import {controllerRevisionType, type ControllerRevision} from '../../api/kinds/controller-revision.js'
import {revisionOf} from '../../api/kinds/deployment-revision.js'
import type {PodTemplate} from '../../api/kinds/pod-spec.js'
import {replicaSetType, type ReplicaSet} from '../../api/kinds/replica-set.js'
import type {KubeObject} from '../../api/object.js'
import type {ResourceType} from '../../api/resource-type.js'
import {templateOf} from '../../daemon/controllers/revisions/revision-data.js'
import type {Resources} from '../../resources/resources.js'
import {isDeployment, type TemplatedWorkload} from './workload.js'

/** A pod template that was rolled out once. */
export interface Revision {
  readonly number: number
  readonly annotations: Readonly<Record<string, string>>
  readonly template: PodTemplate
  /** As `-o` shows it: a Deployment's ReplicaSet, or another workload as it was then. */
  readonly object: KubeObject
}

/** A workload's revisions, the lowest first: a Deployment's are its ReplicaSets, those of others are ControllerRevisions. */
export async function revisionsOf(workload: TemplatedWorkload, resources: Resources): Promise<readonly Revision[]> {
  const revisions = isDeployment(workload)
    ? (await owned<ReplicaSet>(workload, replicaSetType, resources)).map(ofReplicaSet)
    : (await owned<ControllerRevision>(workload, controllerRevisionType, resources)).map((revision) => ofControllerRevision(workload, revision))
  return [...revisions].sort((a, b) => a.number - b.number)
}

async function owned<T extends KubeObject>({metadata}: KubeObject, type: ResourceType, resources: Resources): Promise<readonly T[]> {
  const {items} = await resources.list<T>(type, {namespace: metadata.namespace})
  return items.filter((item) => item.metadata.ownerReferences?.some(({uid, controller}) => controller === true && uid === metadata.uid))
}

function ofReplicaSet(object: ReplicaSet): Revision {
  return {number: revisionOf(object), annotations: object.metadata.annotations ?? {}, template: object.spec.template ?? {}, object}
}

function ofControllerRevision(workload: TemplatedWorkload, revision: ControllerRevision): Revision {
  const template = templateOf(revision)
  const object = {...workload, spec: {...workload.spec, template}} as TemplatedWorkload
  return {number: revision.revision, annotations: revision.metadata.annotations ?? {}, template, object}
}

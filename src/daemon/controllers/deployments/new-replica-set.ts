import {POD_TEMPLATE_HASH, REVISION} from '../../../api/kinds/deployment-revision.js'
import type {Deployment} from '../../../api/kinds/deployment.js'
import type {ReplicaSet} from '../../../api/kinds/replica-set.js'
import {isSameJson} from '../../../api/same-json.js'
import {fnv1a} from '../../../base/fnv.js'
import {safeEncode} from '../../../resources/generate-name.js'
import {controllerReference} from '../ownership.js'
import {copiedAnnotations, latestRevision, sizeAnnotations} from './revision.js'
import {newestSize} from './rolling-update.js'
import {desiredOf, type Rollout} from './rollout.js'

/** Whether the ReplicaSet's pods are those of the Deployment's present template, its hash aside. */
export function hasTemplateOf(replicaSet: ReplicaSet, deployment: Deployment): boolean {
  const {template} = replicaSet.spec
  const {[POD_TEMPLATE_HASH]: _, ...labels} = template?.metadata?.labels ?? {}
  const wanted = deployment.spec.template
  return isSameJson(
    {...template, metadata: {...template?.metadata, labels}},
    {...wanted, metadata: {...wanted.metadata, labels: wanted.metadata?.labels ?? {}}},
  )
}

/** The hash in the name and labels of what a template makes. `collisions` gives another where a name was taken (kubernetes `ComputeHash`). */
function templateHash({spec}: Deployment, collisions: number): string {
  return safeEncode(fnv1a(JSON.stringify(spec.template) + (collisions === 0 ? '' : String(collisions))))
}

export interface NewReplicaSet {
  readonly replicaSet: ReplicaSet
  readonly collisions: number
}

/** The ReplicaSet of the present template, as large as the rollout lets it be at once. `isTaken` tells names that others have. */
export function newReplicaSet(rollout: Rollout, isTaken: (name: string) => boolean): NewReplicaSet {
  const {deployment} = rollout
  let collisions = deployment.status?.collisionCount ?? 0
  while (isTaken(`${deployment.metadata.name}-${templateHash(deployment, collisions)}`)) collisions++
  return {replicaSet: replicaSetOf(rollout, templateHash(deployment, collisions)), collisions}
}

function replicaSetOf(rollout: Rollout, hash: string): ReplicaSet {
  const {deployment, old, bounds} = rollout
  const {template, selector, minReadySeconds = 0, strategy} = deployment.spec
  const labels = {...template.metadata?.labels, [POD_TEMPLATE_HASH]: hash}
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: `${deployment.metadata.name}-${hash}`,
      namespace: deployment.metadata.namespace ?? 'default',
      labels,
      annotations: {...copiedAnnotations(deployment), ...sizeAnnotations(desiredOf(rollout), bounds), [REVISION]: String(latestRevision(old) + 1)},
      ownerReferences: [controllerReference(deployment)],
    },
    spec: {
      replicas: strategy?.type === 'Recreate' ? desiredOf(rollout) : newestSize(rollout),
      ...(minReadySeconds > 0 && {minReadySeconds}),
      selector: {...selector, matchLabels: {...selector?.matchLabels, [POD_TEMPLATE_HASH]: hash}},
      template: {...template, metadata: {...template.metadata, labels}},
    },
  }
}

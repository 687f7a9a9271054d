import {revisionOf} from '../../api/kinds/deployment-revision.js'
import type {Deployment} from '../../api/kinds/deployment.js'
import type {KubeObject} from '../../api/object.js'
import type {ResourceType} from '../../api/resource-type.js'
import {UserError} from '../../base/user-error.js'
import {groupKind, isDeployment} from './workload.js'

export interface StatusLine {
  readonly text: string
  readonly isDone: boolean
}

/**
 * How far a rollout is, as kubectl says it. Throws a UserError for one that has failed, for another revision than the one asked for (0 for whichever),
 * and for what is never rolled out. Source: kubectl polymorphichelpers/rollout_status.go.
 */
export function statusLine(resource: ResourceType, object: KubeObject, revision: number): StatusLine {
  if (isDeployment(object)) return deploymentLine(object, revision)
  if (resource.group === 'apps' && resource.kind === 'StatefulSet') return statefulSetLine(object as Counted)
  if (resource.group === 'apps' && resource.kind === 'DaemonSet') return daemonSetLine(object as Counted)
  throw new UserError(`no status viewer has been implemented for ${groupKind(resource)}`)
}

function deploymentLine(deployment: Deployment, revision: number): StatusLine {
  const {metadata, spec, status = {}} = deployment
  const {updatedReplicas: updated = 0, replicas = 0, availableReplicas: available = 0, conditions = []} = status
  const present = revisionOf(deployment)
  if (revision > 0 && revision !== present) throw new UserError(`desired revision (${revision}) is different from the running revision (${present})`)
  if ((metadata.generation ?? 0) > (status.observedGeneration ?? 0)) return waiting('Waiting for deployment spec update to be observed...')
  if (conditions.some(({type, reason}) => type === 'Progressing' && reason === 'ProgressDeadlineExceeded')) {
    throw new UserError(`deployment "${metadata.name}" exceeded its progress deadline`)
  }
  const towards = (what: string) => waiting(`Waiting for deployment "${metadata.name}" rollout to finish: ${what}...`)
  if (updated < (spec.replicas ?? 1)) return towards(`${updated} out of ${spec.replicas ?? 1} new replicas have been updated`)
  if (replicas > updated) return towards(`${replicas - updated} old replicas are pending termination`)
  if (available < updated) return towards(`${available} of ${updated} updated replicas are available`)
  return done(`deployment "${metadata.name}" successfully rolled out`)
}

interface Counted extends KubeObject {
  readonly spec?: {readonly replicas?: number; readonly updateStrategy?: {readonly type?: string; readonly rollingUpdate?: {readonly partition?: number}}}
  readonly status?: {
    readonly observedGeneration?: number
    readonly replicas?: number
    readonly readyReplicas?: number
    readonly updatedReplicas?: number
    readonly currentRevision?: string
    readonly updateRevision?: string
    readonly desiredNumberScheduled?: number
    readonly updatedNumberScheduled?: number
    readonly numberAvailable?: number
  }
}

function requireRollingUpdate({spec}: Counted): void {
  const {type = 'RollingUpdate'} = spec?.updateStrategy ?? {}
  if (type !== 'RollingUpdate') throw new UserError('rollout status is only available for RollingUpdate strategy type')
}

function isUnobserved({metadata, status}: Counted): boolean {
  return (status?.observedGeneration ?? 0) === 0 || (metadata.generation ?? 0) > (status?.observedGeneration ?? 0)
}

function statefulSetLine(set: Counted): StatusLine {
  requireRollingUpdate(set)
  if (isUnobserved(set)) return waiting('Waiting for statefulset spec update to be observed...')
  const {readyReplicas = 0, updatedReplicas = 0, currentRevision = '', updateRevision = ''} = set.status ?? {}
  const replicas = set.spec?.replicas ?? 1
  if (readyReplicas < replicas) return waiting(`Waiting for ${replicas - readyReplicas} pods to be ready...`)
  const partition = set.spec?.updateStrategy?.rollingUpdate?.partition ?? 0
  if (partition > 0) {
    if (updatedReplicas < replicas - partition) {
      return waiting(`Waiting for partitioned roll out to finish: ${updatedReplicas} out of ${replicas - partition} new pods have been updated...`)
    }
    return done(`partitioned roll out complete: ${updatedReplicas} new pods have been updated...`)
  }
  if (updateRevision !== currentRevision) {
    return waiting(`waiting for statefulset rolling update to complete ${updatedReplicas} pods at revision ${updateRevision}...`)
  }
  return done(`statefulset rolling update complete ${set.status?.replicas ?? 0} pods at revision ${currentRevision}...`)
}

function daemonSetLine(set: Counted): StatusLine {
  requireRollingUpdate(set)
  if (isUnobserved(set)) return waiting('Waiting for daemon set spec update to be observed...')
  const {updatedNumberScheduled: updated = 0, desiredNumberScheduled: desired = 0, numberAvailable: available = 0} = set.status ?? {}
  const towards = (what: string) => waiting(`Waiting for daemon set "${set.metadata.name}" rollout to finish: ${what}...`)
  if (updated < desired) return towards(`${updated} out of ${desired} new pods have been updated`)
  if (available < desired) return towards(`${available} of ${desired} updated pods are available`)
  return done(`daemon set "${set.metadata.name}" successfully rolled out`)
}

function waiting(text: string): StatusLine {
  return {text, isDone: false}
}

function done(text: string): StatusLine {
  return {text, isDone: true}
}

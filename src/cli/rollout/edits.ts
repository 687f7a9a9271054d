import {formatTime, type KubeObject} from '../../api/object.js'
import {UserError} from '../../base/user-error.js'
import {isDeployment, isTemplated} from './workload.js'

const RESTARTED_AT = 'kubectl.kubernetes.io/restartedAt'

/** A change of one workload; throws a UserError that says why it cannot be made. */
export type Edit = (object: KubeObject) => KubeObject

/** Another template, though only by the time it says: all pods are replaced. Source: kubectl objectrestarter.go. */
export function restartAt(nowMs: number): Edit {
  return (object) => {
    if (!isTemplated(object)) throw new UserError('restarting is not supported')
    if (isDeployment(object) && object.spec.paused === true) throw new UserError("can't restart paused deployment (run rollout resume first)")
    const {template} = object.spec
    const annotations = {...template?.metadata?.annotations, [RESTARTED_AT]: formatTime(nowMs)}
    return withSpec(object, {...object.spec, template: {...template, metadata: {...template?.metadata, annotations}}})
  }
}

/** Source: kubectl objectpauser.go. */
export const pause: Edit = (object) => {
  if (!isDeployment(object)) throw new UserError('pausing is not supported')
  if (object.spec.paused === true) throw new UserError('is already paused')
  return withSpec(object, {...object.spec, paused: true})
}

/** Source: kubectl objectresumer.go. */
export const resume: Edit = (object) => {
  if (!isDeployment(object)) throw new UserError('resuming is not supported')
  const {paused, ...spec} = object.spec
  if (paused !== true) throw new UserError('is not paused')
  return withSpec(object, spec)
}

function withSpec<T extends KubeObject>(object: T, spec: unknown): T {
  return {...object, spec}
}

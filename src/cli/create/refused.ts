import type {KubeObject} from '../../api/object.js'
import {StatusError} from '../../api/status-error.js'
import {UserError} from '../../base/user-error.js'

/** What each generator says before the words of a refusal; those that say nothing pass it on as it is. Source: kubectl `create_*.go`. */
const PREFIXES: Readonly<Record<string, string>> = {
  Deployment: 'failed to create deployment: ',
  ConfigMap: 'failed to create configmap: ',
  Secret: 'failed to create secret ',
  ServiceAccount: 'failed to create serviceaccount: ',
  RoleBinding: 'failed to create rolebinding: ',
  ClusterRoleBinding: 'failed to create clusterrolebinding: ',
  Job: 'failed to create job: ',
  CronJob: 'failed to create cronjob: ',
  ResourceQuota: 'failed to create quota: ',
  PodDisruptionBudget: 'failed to create poddisruptionbudgets: ',
  Ingress: 'failed to create ingress: ',
  PriorityClass: 'failed to create priorityclass: ',
}

/** A refusal of what `create KIND` was to make, in that verb's words; every other error as it is. */
export function refused(error: unknown, object: KubeObject): unknown {
  const prefix = object.kind === 'Service' ? `failed to create ${serviceTypeOf(object)} service: ` : PREFIXES[object.kind]
  if (prefix === undefined || !(error instanceof StatusError || error instanceof UserError)) return error
  return new UserError(`${prefix}${error.message}`, {cause: error})
}

function serviceTypeOf({spec}: KubeObject & {readonly spec?: {readonly type?: string}}): string {
  return spec?.type ?? 'ClusterIP'
}

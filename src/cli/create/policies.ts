import type {KubeObject, ObjectMeta} from '../../api/object.js'
import {UserError} from '../../base/user-error.js'
import {subjectsOf, type SubjectOptions} from './rbac-subjects.js'

/** Kinds that tshift keeps for their users, without an effect of their own. */

const RBAC = 'rbac.authorization.k8s.io'

export interface BindingOptions extends SubjectOptions {
  readonly role?: string | undefined
  readonly clusterRole?: string | undefined
}

/** A RoleBinding. Throws a UserError unless exactly one role is named. Source: kubectl `create_rolebinding.go`. */
export function roleBindingOf(metadata: ObjectMeta, options: BindingOptions): KubeObject {
  const {role = '', clusterRole = ''} = options
  if ((role === '') === (clusterRole === '')) throw new UserError('exactly one of clusterrole or role must be specified')
  const roleRef = {apiGroup: RBAC, kind: role === '' ? 'ClusterRole' : 'Role', name: role === '' ? clusterRole : role}
  return {kind: 'RoleBinding', apiVersion: `${RBAC}/v1`, metadata, ...subjectsField(options), ...{roleRef}}
}

/** A ClusterRoleBinding. Source: kubectl `create_clusterrolebinding.go`. */
export function clusterRoleBindingOf({name}: ObjectMeta, options: BindingOptions): KubeObject {
  const roleRef = {apiGroup: RBAC, kind: 'ClusterRole', name: options.clusterRole}
  return {kind: 'ClusterRoleBinding', apiVersion: `${RBAC}/v1`, metadata: {name}, ...subjectsField(options), ...{roleRef}}
}

function subjectsField(options: BindingOptions): object {
  const subjects = subjectsOf(options)
  return subjects.length === 0 ? {} : {subjects}
}

/** A ResourceQuota of `RESOURCE=AMOUNT`s. Source: kubectl `create_quota.go`. */
export function quotaOf(metadata: ObjectMeta, hard: readonly string[], scopes: readonly string[]): KubeObject {
  const amounts = hard.filter((text) => text !== '').map((text) => {
    const [name, amount, ...rest] = text.split('=')
    if (name === undefined || amount === undefined || rest.length > 0) throw new UserError(`Invalid argument syntax ${text}, expected <resource>=<value>`)
    return [name, amount] as const
  })
  const spec = {...(amounts.length === 0 ? {} : {hard: Object.fromEntries(amounts)}), ...(scopes.length === 0 ? {} : {scopes})}
  return {kind: 'ResourceQuota', apiVersion: 'v1', metadata, ...{spec, status: {}}}
}

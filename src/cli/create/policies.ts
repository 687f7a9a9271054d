import type {KubeObject, ObjectMeta} from '../../api/object.js'
import {UserError} from '../../base/user-error.js'

/** Kinds that tshift keeps for their users, without an effect of their own. */

const RBAC = 'rbac.authorization.k8s.io'

export interface BindingOptions {
  readonly role?: string | undefined
  readonly clusterRole?: string | undefined
  readonly users: readonly string[]
  readonly groups: readonly string[]
  /** `NAMESPACE:NAME` */
  readonly serviceAccounts: readonly string[]
}

/** A RoleBinding. Throws a UserError unless exactly one role is named. Source: kubectl `create_rolebinding.go`. */
export function roleBindingOf(metadata: ObjectMeta, options: BindingOptions): KubeObject {
  const {role = '', clusterRole = ''} = options
  if ((role === '') === (clusterRole === '')) throw new UserError('exactly one of clusterrole or role must be specified')
  const roleRef = {apiGroup: RBAC, kind: role === '' ? 'ClusterRole' : 'Role', name: role === '' ? clusterRole : role}
  return {kind: 'RoleBinding', apiVersion: `${RBAC}/v1`, metadata, ...subjectsOf(options), ...{roleRef}}
}

/** A ClusterRoleBinding. Source: kubectl `create_clusterrolebinding.go`. */
export function clusterRoleBindingOf({name}: ObjectMeta, options: BindingOptions): KubeObject {
  const roleRef = {apiGroup: RBAC, kind: 'ClusterRole', name: options.clusterRole}
  return {kind: 'ClusterRoleBinding', apiVersion: `${RBAC}/v1`, metadata: {name}, ...subjectsOf(options), ...{roleRef}}
}

function subjectsOf({users, groups, serviceAccounts}: BindingOptions): object {
  const subjects = [
    ...users.map((name) => ({kind: 'User', apiGroup: RBAC, name})),
    ...groups.map((name) => ({kind: 'Group', apiGroup: RBAC, name})),
    ...serviceAccounts.map(serviceAccountSubject),
  ]
  return subjects.length === 0 ? {} : {subjects}
}

function serviceAccountSubject(text: string): object {
  const [namespace = '', name = '', ...rest] = text.split(':')
  if (namespace === '' || name === '' || rest.length > 0) throw new UserError('serviceaccount must be <namespace>:<name>')
  return {kind: 'ServiceAccount', name, namespace}
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

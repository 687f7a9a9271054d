import type {KubeObject, ObjectMeta} from '../../api/object.js'
import {UserError} from '../../base/user-error.js'
import {subjectsOf, type SubjectOptions} from './rbac-subjects.js'

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

import {UserError} from '../../base/user-error.js'

const RBAC = 'rbac.authorization.k8s.io'

export interface SubjectOptions {
  readonly users: readonly string[]
  readonly groups: readonly string[]
  /** `NAMESPACE:NAME` */
  readonly serviceAccounts: readonly string[]
}

/** Whom a binding is for. */
export interface Subject {
  readonly kind: string
  readonly apiGroup?: string
  readonly name: string
  readonly namespace?: string
}

/** Users, then groups, then ServiceAccounts. Throws kubectl's UserError. Source: kubectl `create_rolebinding.go`. */
export function subjectsOf({users, groups, serviceAccounts}: SubjectOptions): readonly Subject[] {
  return [
    ...users.map((name) => ({kind: 'User', apiGroup: RBAC, name})),
    ...groups.map((name) => ({kind: 'Group', apiGroup: RBAC, name})),
    ...serviceAccounts.map(serviceAccountSubject),
  ]
}

function serviceAccountSubject(text: string): Subject {
  const [namespace = '', name = '', ...rest] = text.split(':')
  if (namespace === '' || name === '' || rest.length > 0) throw new UserError('serviceaccount must be <namespace>:<name>')
  return {kind: 'ServiceAccount', name, namespace}
}

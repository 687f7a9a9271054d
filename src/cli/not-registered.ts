import type {KubeObject} from '../api/object.js'
import {UserError} from '../base/user-error.js'

/** The groups of Kubernetes' own kinds; the Gateway API is not among them. */
const KUBERNETES = /^(?!gateway\.networking\.)([^.]*|.*\.k8s\.io)$/
/** Which scheme lacks the kind: kubectl calls one by the line of source that makes it. */
const SCHEMES = {kubectl: 'pkg/scheme/scheme.go:28', client: 'k8s.io/client-go/kubernetes/scheme/register.go:84'} as const

export type Scheme = keyof typeof SCHEMES

/** Whether kubectl has a struct for objects of this version. */
export function hasStruct({apiVersion}: Pick<KubeObject, 'apiVersion'>): boolean {
  return KUBERNETES.test(apiVersion.slice(0, Math.max(apiVersion.indexOf('/'), 0)))
}

/**
 * What kubectl's verbs say of a kind that definitions make, where they work on the structs of Kubernetes' own kinds.
 * Source: apimachinery `NewNotRegisteredErrForKind`.
 */
export function notRegistered({apiVersion, kind}: Pick<KubeObject, 'apiVersion' | 'kind'>, scheme: Scheme = 'kubectl'): UserError {
  return new UserError(`no kind "${kind}" is registered for version "${apiVersion}" in scheme "${SCHEMES[scheme]}"`)
}

/** The objects that have a struct, and, after all of them, kubectl's refusal of the first that has none. */
export async function* onlyWithStruct<T extends Pick<KubeObject, 'apiVersion' | 'kind'>>(objects: AsyncIterable<T>): AsyncIterable<T> {
  let refusal: UserError | undefined
  for await (const object of objects) {
    if (hasStruct(object)) yield object
    else refusal ??= notRegistered(object)
  }
  if (refusal !== undefined) throw refusal
}

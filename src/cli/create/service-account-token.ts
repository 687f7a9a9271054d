import {createHmac, randomBytes, randomUUID} from 'node:crypto'
import type {JsonObject, KubeObject} from '../../api/object.js'
import {notFound, StatusError} from '../../api/status-error.js'
import {findResource} from '../../api/registry.js'
import {serviceAccountType} from '../../api/kinds/service-account.js'
import {UserError} from '../../base/user-error.js'
import type {Resources} from '../../resources/resources.js'

export interface TokenOptions {
  readonly name: string
  readonly namespace: string
  readonly audiences: readonly string[]
  /** 0: as long as the server likes. */
  readonly seconds: number
  readonly bound: BoundObject | undefined
}

export interface BoundObject {
  readonly kind: string
  readonly name: string
  /** Undefined: whatever the object has. */
  readonly uid: string | undefined
}

/** The kinds a token can be bound to, with their resource. */
export const BOUND_KINDS: Readonly<Record<string, string>> = {Node: 'nodes', Pod: 'pods', Secret: 'secrets'}

const ISSUER = 'https://kubernetes.default.svc.cluster.local'
const HOUR = 3600
const SHORTEST = 600

/**
 * A token of the shape an API server issues, as the TokenRequest it answers with. No API server is there to check it, so it is signed with a key that nobody
 * keeps. Throws a StatusError where the ServiceAccount or the bound object is not there. Source: Kubernetes `serviceaccount/claims.go`.
 */
export async function requestToken(options: TokenOptions, now: Date, resources: Resources): Promise<KubeObject> {
  const {name, namespace, seconds} = options
  const audiences = options.audiences.length === 0 ? [ISSUER] : options.audiences
  if (seconds !== 0 && seconds < SHORTEST) throw tooShort(seconds)
  const account = await resources.find(serviceAccountType, namespace, name)
  if (account === undefined) throw notFound(serviceAccountType, name)
  const bound = options.bound === undefined ? undefined : await boundObject(options.bound, namespace, resources)
  const issuedAt = Math.floor(now.getTime() / 1000)
  const expiresAt = issuedAt + (seconds === 0 ? HOUR : seconds)
  const subject = {
    namespace,
    ...(bound === undefined ? {} : {[bound.kind.toLowerCase()]: {name: bound.name, uid: bound.uid}}),
    serviceaccount: {name, uid: account.metadata.uid},
  }
  const claims = {
    aud: audiences,
    exp: expiresAt,
    iat: issuedAt,
    iss: ISSUER,
    jti: randomUUID(),
    'kubernetes.io': subject,
    nbf: issuedAt,
    sub: `system:serviceaccount:${namespace}:${name}`,
  }
  return {
    kind: 'TokenRequest',
    apiVersion: 'authentication.k8s.io/v1',
    metadata: {name, namespace, creationTimestamp: rfc3339(issuedAt)},
    ...{
      spec: {audiences, expirationSeconds: expiresAt - issuedAt, boundObjectRef: bound === undefined ? null : referenceTo(bound)},
      status: {token: signed(claims), expirationTimestamp: rfc3339(expiresAt)},
    },
  }
}

async function boundObject({kind, name, uid}: BoundObject, namespace: string, resources: Resources): Promise<Required<BoundObject>> {
  const type = findResource(BOUND_KINDS[kind] ?? '')
  if (type === undefined) throw new UserError(`supported --bound-object-kind values are ${Object.keys(BOUND_KINDS).join(', ')}`)
  const live = await resources.get(type, type.namespaced ? namespace : undefined, name)
  if (uid === undefined || uid === live.metadata.uid) return {kind, name, uid: live.metadata.uid}
  throw new StatusError(
    'Conflict',
    `Operation cannot be fulfilled on ${type.plural} "${name}": the UID in the bound object reference (${uid}) does not match the UID in record. The object might have been deleted and then recreated`,
    {name, kind: type.plural},
  )
}

function referenceTo({kind, name, uid}: Required<BoundObject>): JsonObject {
  return {kind, apiVersion: 'v1', name, uid}
}

function tooShort(seconds: number): StatusError {
  const message = `Invalid value: ${seconds}: may not specify a duration less than 10 minutes`
  return new StatusError('Invalid', `TokenRequest.authentication.k8s.io "" is invalid: spec.expirationSeconds: ${message}`, {kind: 'TokenRequest', name: ''})
}

function signed(claims: object): string {
  const body = [{alg: 'HS256', typ: 'JWT'}, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
  return `${body}.${createHmac('sha256', randomBytes(32)).update(body).digest('base64url')}`
}

function rfc3339(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')
}

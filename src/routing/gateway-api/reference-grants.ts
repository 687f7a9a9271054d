import {namespaceOf} from '../naming.js'
import type {ReferenceGrant} from '../objects/l4-route.js'
import {GATEWAY_API} from './supported-kinds.js'

/** Who refers to something in another namespace. */
export interface Referrer {
  readonly kind: 'Gateway' | 'TCPRoute' | 'TLSRoute'
  readonly namespace: string
}

export interface Referent {
  readonly kind: 'ConfigMap' | 'Secret' | 'Service'
  readonly namespace: string
  readonly name: string
}

export interface ReferenceGrants {
  allow(from: Referrer, to: Referent): boolean
}

/** The ReferenceGrants, indexed: one in the referent's namespace allows it by kind, or by name (istio references_collection.go). */
export function indexReferenceGrants(grants: readonly ReferenceGrant[]): ReferenceGrants {
  const pairs = grants.flatMap((grant) => {
    const from = (grant.spec?.from ?? []).filter(({group}) => group === GATEWAY_API)
    const to = (grant.spec?.to ?? []).filter(({group}) => group === '')
    return from.flatMap((referrer) => to.map(({kind, name = ''}) => key(referrer.kind, referrer.namespace, kind, namespaceOf(grant), name)))
  })
  const granted = new Set(pairs)
  return {
    allow: (from, to) => [to.name, ''].some((name) => granted.has(key(from.kind, from.namespace, to.kind, to.namespace, name))),
  }
}

function key(...parts: readonly string[]): string {
  return parts.join('|')
}

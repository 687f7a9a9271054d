import {hostsOverlap} from '../host.js'
import type {K8sListener} from '../objects/k8s-gateway.js'
import type {ParentRef} from '../objects/l4-route.js'
import type {Problem} from './condition.js'
import type {Parent} from './convert-listener.js'
import {GATEWAY_API} from './supported-kinds.js'

/** What a route wants of a parent. */
export interface Attachment {
  readonly ref: ParentRef
  readonly kind: 'TCPRoute' | 'TLSRoute'
  readonly namespace: string
  readonly hostnames: readonly string[]
}

/** Why a route may not attach to a listener; undefined where it may (istio referenceAllowed). The reasons are asked in this order. */
export function denial(attachment: Attachment, parent: Parent): Problem | undefined {
  return notMeant(attachment.ref, parent.listener) ?? hostMismatch(attachment, parent) ?? kindMismatch(attachment, parent)
}

/** Reasons of denials, the most telling first: of several listeners only the best answer is reported (createRouteStatus). */
export const DENIAL_RANKING = ['NotAllowedByListeners', 'NoMatchingListenerHostname', 'NoMatchingParent'] as const

/** Whether a reference is to this listener, by port and section. */
export function isMeant({port, sectionName = ''}: ParentRef, listener: K8sListener): boolean {
  return (port === undefined || port === listener.port) && (sectionName === '' || sectionName === listener.name)
}

function notMeant({port, sectionName = ''}: ParentRef, listener: K8sListener): Problem | undefined {
  if (port !== undefined && port !== listener.port) return {reason: 'NoMatchingParent', message: `port ${port} not found`}
  if (sectionName !== '' && sectionName !== listener.name) return {reason: 'NoMatchingParent', message: `sectionName "${sectionName}" not found`}
  return undefined
}

/** Names are compared as texts: `*.com` covers `a.b.com`, too. */
function hostMismatch({namespace, hostnames}: Attachment, {listener, hosts}: Parent): Problem | undefined {
  const own = hostnames.length === 0 ? ['*'] : hostnames
  const fitting = hosts.map(splitHost).filter(({host}) => own.some((name) => hostsOverlap(host, name)))
  if (fitting.some((entry) => entry.namespace === '*' || entry.namespace === namespace)) return undefined
  const name = listener.hostname ?? ''
  if (fitting.length === 0) return {reason: 'NoMatchingListenerHostname', message: `no hostnames matched parent hostname "${name}"`}
  const message = `hostnames matched parent hostname "${name}", but namespace "${namespace}" is not allowed by the parent`
  return {reason: 'NotAllowedByListeners', message}
}

function splitHost(text: string): {namespace: string; host: string} {
  const [namespace = '', host = ''] = text.split('/')
  return {namespace, host}
}

function kindMismatch({kind}: Attachment, {kinds}: Parent): Problem | undefined {
  if (kinds.some((allowed) => allowed.kind === kind && allowed.group === GATEWAY_API)) return undefined
  return {reason: 'NotAllowedByListeners', message: `kind ${GATEWAY_API}/v1/${kind} is not allowed`}
}

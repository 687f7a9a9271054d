import {duplicate, ruleBroken, type FieldError} from '../../field-error.js'
import type {K8sGateway, K8sListener} from '../k8s-gateway.js'

type Address = NonNullable<K8sGateway['spec']['addresses']>[number]

const HOST_NAME = /^(\*\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/
const HOST_NAME_TEXT =
  'Hostname value must be empty or contain only valid characters (matching ^(\\*\\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$)'

/** Rules over a list of listeners and what is said when one is broken. Source: gateway-api apis/v1/gateway_types.go. */
const RULES: readonly (readonly [message: string, isKept: (listeners: readonly K8sListener[]) => boolean])[] = [
  ["tls must not be specified for protocols ['HTTP', 'TCP', 'UDP']", (all) => all.every((one) => !isOf(one, 'HTTP', 'TCP', 'UDP') || one.tls === undefined)],
  ['tls mode must be Terminate for protocol HTTPS', (all) => all.every((one) => !isOf(one, 'HTTPS') || one.tls === undefined || one.tls.mode === 'Terminate')],
  ['tls mode must be set for protocol TLS', (all) => all.every((one) => !isOf(one, 'TLS') || (one.tls?.mode ?? '') !== '')],
  ["hostname must not be specified for protocols ['TCP', 'UDP']", (all) => all.every((one) => !isOf(one, 'TCP', 'UDP') || (one.hostname ?? '') === '')],
  ['Listener name must be unique within the Gateway', (all) => isDistinct(all.map(({name}) => name))],
  [
    'Combination of port, protocol and hostname must be unique for each listener',
    (all) => isDistinct(all.map(({port, protocol, hostname}) => JSON.stringify([port, protocol, hostname]))),
  ],
]

/** What the Gateway API's CRD refuses beyond the schema. */
export function validateListeners({spec: {listeners, addresses = []}}: K8sGateway): readonly FieldError[] {
  const names = listeners.map(({name}) => name)
  return [
    ...names.flatMap((name, index) => (names.indexOf(name) < index ? [duplicate(`spec.listeners[${index}]`, {name})] : [])),
    ...validateAddresses(addresses),
    ...RULES.filter(([, isKept]) => !isKept(listeners)).map(([message]) => ruleBroken('spec.listeners', message)),
    ...listeners.flatMap(validateTls),
  ]
}

function isOf({protocol}: K8sListener, ...protocols: readonly string[]): boolean {
  return protocols.includes(protocol.toUpperCase())
}

function isDistinct(keys: readonly string[]): boolean {
  return new Set(keys).size === keys.length
}

function validateTls({tls}: K8sListener, index: number): readonly FieldError[] {
  if (tls?.mode !== 'Terminate') return []
  const isGiven = (tls.certificateRefs ?? []).length > 0 || Object.keys(tls.options ?? {}).length > 0
  return isGiven ? [] : [ruleBroken(`spec.listeners[${index}].tls`, 'certificateRefs or options must be specified when mode is Terminate')]
}

function validateAddresses(addresses: readonly Address[]): readonly FieldError[] {
  const valuesOf = (kind: string) => addresses.flatMap(({type, value}) => (type === kind && value !== undefined ? [value] : []))
  const isWrong = ({type, value = ''}: Address) => type === 'Hostname' && value !== '' && !HOST_NAME.test(value)
  return [
    ...(isDistinct(valuesOf('IPAddress')) ? [] : [ruleBroken('spec.addresses', 'IPAddress values must be unique')]),
    ...(isDistinct(valuesOf('Hostname')) ? [] : [ruleBroken('spec.addresses', 'Hostname values must be unique')]),
    ...addresses.flatMap((address, index) => (isWrong(address) ? [ruleBroken(`spec.addresses[${index}]`, HOST_NAME_TEXT)] : [])),
  ]
}

import {isIPAddress} from '../../ip-address.js'

/** Host names as istiod checks them: each function returns what is wrong with one. Source: istio `pkg/config/validation/agent`, `pkg/config/labels`. */

const LABEL = /^[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?$/
const WILDCARD_LABEL = /^(?:\*|(?:\*|\*-)?[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?)$/
const OUTBOUND_FORMAT = 'outbound_.<PORT>_._.<HOSTNAME>'

const quote = (text: string) => JSON.stringify(text)

/** A DNS label as Istio has it: upper case is allowed. */
export function isLabel(text: string): boolean {
  return text.length <= 63 && LABEL.test(text)
}

/** A DNS name without wildcards. */
export function checkFqdn(domain: string): readonly string[] {
  return checkLength(domain) ?? checkLabels(domain)
}

/** The first label may be a wildcard, whole or in its beginning; complaints about later ones quote what follows the first dot. */
export function checkWildcardDomain(domain: string): readonly string[] {
  const wrongLength = checkLength(domain)
  if (wrongLength !== undefined) return wrongLength
  const dot = domain.indexOf('.')
  const first = dot === -1 ? domain : domain.slice(0, dot)
  if (first.length > 63 || !WILDCARD_LABEL.test(first)) return [`domain name ${quote(domain)} invalid (label ${quote(first)} invalid)`]
  return dot === -1 ? [] : checkLabels(domain.slice(dot + 1))
}

/** Hosts of a VirtualService at a gateway; with SNI also the names sidecars give to upstream clusters. */
export function checkGatewayBoundDomain(domain: string, hasSni: boolean): readonly string[] {
  if (!hasSni || !domain.startsWith('outbound_')) return checkWildcardDomain(domain)
  const wrongLength = checkLength(domain)
  if (wrongLength !== undefined) return wrongLength
  const parts = domain.split('_')
  if (parts.length < 4) return [`domain name ${domain} invalid, should follow '${OUTBOUND_FORMAT}' format`]
  const [port = '', host = ''] = [parts[1], parts[3]].map((part = '') => part.replace(/^\.+|\.+$/g, ''))
  const wrong = !/[0-9]/.test(port) ? port : !/[a-zA-Z]/.test(host) ? host : undefined
  return wrong === undefined ? [] : [`domain name ${quote(domain)} invalid (label ${quote(wrong)} invalid). should follow ${OUTBOUND_FORMAT} format`]
}

/** A host a Sidecar sees: `namespace/dnsName`. Wrong names are told twice, as istiod does. */
export function checkEgressHost(text: string): readonly string[] {
  const slash = text.indexOf('/')
  if (slash === -1) return ['host must be of form namespace/dnsName']
  const [namespace, name] = [text.slice(0, slash), text.slice(slash + 1)]
  const isNamespace = ['*', '.', '~'].includes(namespace) || isLabel(namespace)
  return [
    ...(namespace === '' || name === '' ? ['config namespace and dnsName in host entry cannot be empty'] : []),
    ...(isNamespace ? [] : [`invalid namespace value ${quote(namespace)} in sidecar`]),
    ...(name !== '*' && !name.includes('.') ? ['short names (non FQDN) are not allowed'] : []),
    ...checkWildcardDomain(name),
    ...(isIPAddress(name) ? [] : checkWildcardDomain(name)),
    ...checkPartialWildcard(name),
  ]
}

/** A host of a Gateway server: `dnsName` or `namespace/dnsName`. */
export function checkServerHost(text: string): readonly string[] {
  const slash = text.indexOf('/')
  if (slash === -1) return checkServerName(text)
  const [namespace, name] = [text.slice(0, slash), text.slice(slash + 1)]
  const isNamespace = namespace === '*' || namespace === '.' || isLabel(namespace)
  return [
    ...(namespace === '' || name === '' ? ['config namespace and dnsName in host entry cannot be empty'] : []),
    ...(isNamespace ? [] : [`invalid namespace value ${quote(namespace)} in gateway`]),
    ...checkServerName(name),
  ]
}

function checkServerName(name: string): readonly string[] {
  return [
    ...(name !== '*' && !name.includes('.') ? ['short names (non FQDN) are not allowed'] : []),
    ...(isIPAddress(name) ? [] : checkWildcardDomain(name)),
    ...checkPartialWildcard(name),
  ]
}

/** A wildcard is a whole label, the first. */
export function checkPartialWildcard(name: string): readonly string[] {
  const isPartial = name.includes('*') && name !== '*' && !name.startsWith('*.')
  return isPartial ? [`partial wildcard ${quote(name)} not allowed`] : []
}

function checkLength(domain: string): readonly string[] | undefined {
  if (domain.length > 255) return [`domain name ${quote(domain)} too long (max 255)`]
  return domain === '' ? ['empty domain name not allowed'] : undefined
}

/** The last label may be empty: `istio.io.` is unambiguous. */
function checkLabels(domain: string): readonly string[] {
  const labels = domain.split('.')
  const top = labels.at(-1) ?? ''
  if (/^[-+]?\d+$/.test(top)) return [`domain name ${quote(domain)} invalid (top level domain ${quote(top)} cannot be all-numeric)`]
  const wrong = labels.find((label, index) => !(index === labels.length - 1 && label === '') && !isLabel(label))
  return wrong === undefined ? [] : [`domain name ${quote(domain)} invalid (label ${quote(wrong)} invalid)`]
}

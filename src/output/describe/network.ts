import {formatEndpoints, slicesOf} from './endpoint-text.js'
import {eventLines} from './events.js'
import type {Fields} from './fields.js'
import {annotationLines, labelLines, nameLines, pairLines, selectorOrNone} from './metadata.js'
import type {Describer, Surroundings} from './surroundings.js'
import {formatGoTime} from './times.js'

/** Source: kubectl `describeIngressV1`. */
export const ingressDescriber: Describer = {
  needs: ['endpointslices', 'services'],
  describe: (ingress, surroundings) => {
    const spec = ingress.at('spec')
    const addresses = ingress.items('status.loadBalancer.ingress').map((one) => one.text('ip') || one.text('hostname'))
    const fallback = spec.has('defaultBackend') ? backendText(spec.at('defaultBackend'), surroundings) : '<default>'
    const rules = spec.items('rules').filter((rule) => rule.has('http'))
    const tls = spec.items('tls')
    return [
      `Name:\t${ingress.text('metadata.name')}`,
      ...pairLines('Labels', ingress.pairs('metadata.labels')),
      `Namespace:\t${ingress.text('metadata.namespace')}`,
      `Address:\t${[...new Set(addresses.filter((address) => address !== ''))].sort().join(',')}`,
      `Ingress Class:\t${spec.text('ingressClassName') || '<none>'}`,
      `Default backend:\t${fallback}`,
      ...(tls.length === 0 ? [] : ['TLS:', ...tls.map(tlsLine)]),
      'Rules:',
      '  Host\tPath\tBackends',
      '  ----\t----\t--------',
      ...rules.flatMap((rule) => ruleLines(rule, surroundings)),
      ...(rules.length === 0 ? [`  *\t*\t${fallback}`] : []),
      ...annotationLines('Annotations', ingress.pairs('metadata.annotations')),
      ...eventLines(surroundings),
    ]
  },
}

function tlsLine(tls: Fields): string {
  const hosts = tls.texts('hosts').join(',')
  return tls.has('secretName') ? `  ${tls.text('secretName')} terminates ${hosts}` : `  SNI routes ${hosts}`
}

function ruleLines(rule: Fields, surroundings: Surroundings): readonly string[] {
  const paths = rule.items('http.paths').map((path) => `    \t${path.text('path')} \t${backendText(path.at('backend'), surroundings)}`)
  return [`  ${rule.text('host') || '*'}\t`, ...paths]
}

function backendText(backend: Fields, {neighbours}: Surroundings): string {
  const resource = backend.at('resource')
  if (resource.value !== null) return `APIGroup: ${resource.text('apiGroup') || '<none>'}, Kind: ${resource.text('kind')}, Name: ${resource.text('name')}`
  if (!backend.has('service')) return ''
  const [name, number, portName] = [backend.text('service.name'), backend.number('service.port.number'), backend.text('service.port.name')]
  const title = `${name}:${number === 0 ? portName : number}`
  const service = (neighbours.services ?? []).find((one) => one.text('metadata.name') === name)
  if (service === undefined) return `${title} (<error: services "${name}" not found>)`
  const isMeant = (port: Fields) => (number === 0 ? portName !== '' && port.text('name') === portName : port.number('port') === number)
  const slices = slicesOf(name, neighbours.endpointslices)
  return `${title} (${formatEndpoints(slices, service.items('spec.ports').filter(isMeant).at(-1)?.text('name') ?? '')})`
}

/** Source: kubectl `describeIngressClassV1`. */
export const ingressClassDescriber: Describer = {
  describe: (ingressClass, surroundings) => {
    const parameters = ingressClass.at('spec.parameters')
    return [
      `Name:\t${ingressClass.text('metadata.name')}`,
      ...labelLines(ingressClass),
      `Controller:\t${ingressClass.text('spec.controller')}`,
      ...(parameters.value === null ? [] : ['Parameters:']),
      ...(parameters.has('apiGroup') ? [`  APIGroup:\t${parameters.text('apiGroup')}`] : []),
      ...(parameters.value === null ? [] : [`  Kind:\t${parameters.text('kind')}`, `  Name:\t${parameters.text('name')}`]),
      ...eventLines(surroundings),
    ]
  },
}

/** Source: kubectl `describeNetworkPolicy`. */
export const networkPolicyDescriber: Describer = {
  describe: (policy) => {
    const [spec, types] = [policy.at('spec'), policy.texts('spec.policyTypes')]
    const selector = selectorOrNone(spec.at('podSelector'))
    return [
      ...nameLines(policy),
      `Created on:\t${formatGoTime(policy.text('metadata.creationTimestamp'))}`,
      ...labelLines(policy),
      'Spec:',
      `  PodSelector:     ${selector === '<none>' ? '<none> (Allowing the specific traffic to all pods in this namespace)' : selector}`,
      ...directionLines('ingress', 'From', types.includes('Ingress') ? spec.items('ingress') : undefined),
      ...directionLines('egress', 'To', types.includes('Egress') ? spec.items('egress') : undefined),
      `  Policy Types: ${types.join(', ') || '<none>'}`,
    ]
  },
}

function directionLines(direction: 'ingress' | 'egress', word: 'From' | 'To', rules: readonly Fields[] | undefined): readonly string[] {
  if (rules === undefined) return [`  Not affecting ${direction} traffic`]
  const none = `    <none> (Selected pods are isolated for ${direction} connectivity)`
  const blocks = rules.map((rule) => [...portLines(rule.items('ports')), ...peerLines(word, rule.items(word.toLowerCase()))].map((line) => `    ${line}`))
  const separated = blocks.flatMap((block, index) => (index === 0 ? block : ['    ----------', ...block]))
  return [`  Allowing ${direction} traffic:`, ...(rules.length === 0 ? [none] : separated)]
}

function portLines(ports: readonly Fields[]): readonly string[] {
  if (ports.length === 0) return ['To Port: <any> (traffic allowed to all ports)']
  return ports.map((port) => {
    const [number, protocol] = [port.has('port') ? port.text('port') : '<nil>', port.text('protocol') || 'TCP']
    return port.has('endPort') ? `To Port Range: ${number}-${port.number('endPort')}/${protocol}` : `To Port: ${number}/${protocol}`
  })
}

function peerLines(word: 'From' | 'To', peers: readonly Fields[]): readonly string[] {
  if (peers.length === 0) return [`${word}: <any> (traffic not restricted by ${word === 'From' ? 'source' : 'destination'})`]
  return peers.flatMap((peer) => {
    const selectors = [['NamespaceSelector', 'namespaceSelector'], ['PodSelector', 'podSelector']] as const
    const lines = selectors.flatMap(([title, field]) => (peer.has(field) ? [`  ${title}: ${selectorOrNone(peer.at(field))}`] : []))
    const block = ['  IPBlock:', `    CIDR: ${peer.text('ipBlock.cidr')}`, `    Except: ${peer.texts('ipBlock.except').join(', ')}`]
    return [`${word}:`, ...(lines.length === 0 && peer.has('ipBlock') ? block : lines)]
  })
}

import {duplicate, forbidden, invalid, notSupported, required, type FieldError} from '../field-error.js'
import {dns1035Label, dns1123Label, dns1123Subdomain, portName, qualifiedName} from '../names.js'
import {isIPAddress} from '../ip-address.js'
import {broken, validateLabels, validateMeta} from './object-meta.js'
import type {Service, ServicePort, ServiceSpec} from './service.js'
import {outOfRange, validateProtocol} from './validate-container.js'
import {oneOf} from './validate-pod-spec.js'

const TYPES = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort']
const KUBELET_PORT = 10_250

/** What is wrong with a Service, in the order of kubernetes `ValidateServiceUpdate` and `ValidateService`. */
export function validateService(service: Service, previous?: Service): readonly FieldError[] {
  const {ports = [], selector = {}, sessionAffinity = '', type = ''} = service.spec
  const isHeadless = service.spec.clusterIP === 'None'
  return [
    ...(previous === undefined ? [] : validateAddressChange(service.spec, previous.spec)),
    ...validateMeta(service, {namespaced: true, name: dns1035Label}),
    ...(ports.length === 0 && !isHeadless && type !== 'ExternalName' ? [required('spec.ports')] : []),
    ...validateByType(service.spec),
    ...validatePorts(ports),
    ...validateLabels(selector, 'spec.selector'),
    ...oneOf('spec.sessionAffinity', sessionAffinity, ['ClientIP', 'None']),
    ...validateAddresses(service.spec),
    ...oneOf('spec.type', type, TYPES),
    ...validateNodePorts(service.spec),
    ...validateDuplicatePorts(ports),
    ...validatePolicies(service.spec),
  ]
}

/** Kept while the Service has an address at all: from and to ExternalName it may come and go. */
function validateAddressChange(next: ServiceSpec, previous: ServiceSpec): readonly FieldError[] {
  if (previous.clusterIP === undefined || next.type === 'ExternalName' || previous.type === 'ExternalName') return []
  return next.clusterIP === previous.clusterIP ? [] : [invalid('spec.clusterIPs[0]', next.clusterIPs ?? [next.clusterIP], 'may not change once set')]
}

function validateByType({
  type,
  clusterIP,
  clusterIPs = [],
  externalName = '',
  ipFamilies = [],
  ipFamilyPolicy,
  ports = [],
}: ServiceSpec): readonly FieldError[] {
  switch (type) {
    case 'LoadBalancer': {
      const exposed = ports.flatMap(({port}, index) =>
        port === KUBELET_PORT ? [invalid(`spec.ports[${index}].port`, port, 'may not expose port 10250 externally since it is used by kubelet')] : [],
      )
      return [...exposed, ...headless(type, clusterIP)]
    }
    case 'NodePort':
      return headless(type, clusterIP)
    case 'ExternalName': {
      const text = 'may not be set for ExternalName services'
      const host = externalName.replace(/\.$/, '')
      return [
        ...(clusterIPs.length > 0 || (clusterIP ?? '') !== '' ? [forbidden('spec.clusterIPs', text)] : []),
        ...(ipFamilies.length > 0 ? [forbidden('spec.ipFamilies', text)] : []),
        ...(ipFamilyPolicy === undefined ? [] : [forbidden('spec.ipFamilyPolicy', text)]),
        ...(host === '' ? [required('spec.externalName')] : broken('spec.externalName', host, dns1123Subdomain)),
      ]
    }
    default:
      return []
  }
}

function headless(type: string, clusterIP: string | undefined): readonly FieldError[] {
  return clusterIP === 'None' ? [invalid('spec.clusterIPs[0]', 'None', `may not be set to 'None' for ${type} services`)] : []
}

function validatePorts(ports: readonly ServicePort[]): readonly FieldError[] {
  const names = new Set<string>()
  return ports.flatMap(({name = '', port, targetPort = 0, protocol = '', appProtocol}, index) => {
    const at = `spec.ports[${index}]`
    const isDuplicate = names.has(name)
    names.add(name)
    const nameErrors =
      name === ''
        ? ports.length > 1
          ? [required(`${at}.name`)]
          : []
        : [...broken(`${at}.name`, name, dns1123Label), ...(isDuplicate ? [duplicate(`${at}.name`, name)] : [])]
    return [
      ...nameErrors,
      ...outOfRange(`${at}.port`, port ?? 0),
      ...validateProtocol(protocol, `${at}.protocol`),
      ...(typeof targetPort === 'number' ? outOfRange(`${at}.targetPort`, targetPort) : broken(`${at}.targetPort`, targetPort, portName)),
      ...(appProtocol === undefined ? [] : broken(`${at}.appProtocol`, appProtocol, qualifiedName)),
    ]
  })
}

function validateAddresses({clusterIP = '', externalIPs = []}: ServiceSpec): readonly FieldError[] {
  const text = 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)'
  return [
    ...(clusterIP === '' || clusterIP === 'None' || isIPAddress(clusterIP) ? [] : [invalid('spec.clusterIPs[0]', clusterIP, text)]),
    ...externalIPs.flatMap((address, index) => (isIPAddress(address) ? [] : [invalid(`spec.externalIPs[${index}]`, address, text)])),
  ]
}

function validateNodePorts({type, ports = []}: ServiceSpec): readonly FieldError[] {
  const seen = new Set<string>()
  return ports.flatMap(({nodePort = 0, protocol = ''}, index) => {
    const field = `spec.ports[${index}].nodePort`
    if (nodePort === 0) return []
    if (type === 'ClusterIP') return [forbidden(field, "may not be used when `type` is 'ClusterIP'")]
    const key = `${protocol}/${nodePort}`
    const isDuplicate = seen.has(key)
    seen.add(key)
    return isDuplicate ? [duplicate(field, nodePort)] : []
  })
}

/** The server shows its internal struct, which has no JSON names. */
function validateDuplicatePorts(ports: readonly ServicePort[]): readonly FieldError[] {
  return ports.flatMap(({port, protocol = ''}, index) => {
    const isDuplicate = ports.slice(0, index).some((other) => other.port === port && other.protocol === protocol)
    return isDuplicate ? [duplicate(`spec.ports[${index}]`, {Name: '', Protocol: protocol, AppProtocol: null, Port: port, TargetPort: 0, NodePort: 0})] : []
  })
}

const POLICIES = ['Cluster', 'Local']

function validatePolicies({type, externalTrafficPolicy, internalTrafficPolicy, externalIPs = []}: ServiceSpec): readonly FieldError[] {
  const isExposed = type === 'NodePort' || type === 'LoadBalancer' || externalIPs.length > 0
  const external =
    externalTrafficPolicy === undefined
      ? []
      : !isExposed
        ? [invalid('spec.externalTrafficPolicy', externalTrafficPolicy, 'may only be set for externally-accessible services')]
        : POLICIES.includes(externalTrafficPolicy)
          ? []
          : [notSupported('spec.externalTrafficPolicy', externalTrafficPolicy, POLICIES)]
  const internal =
    internalTrafficPolicy === undefined || POLICIES.includes(internalTrafficPolicy)
      ? []
      : [notSupported('spec.internalTrafficPolicy', internalTrafficPolicy, POLICIES)]
  return [...external, ...internal]
}

import {formatSelector, selectorFromMap} from '../labels.js'
import type {Column} from '../resource-type.js'
import {ageColumn} from './age-column.js'
import type {Service, ServicePort} from './service.js'

const NONE = '<none>'
const WIDTH = 16

/** Source: kubernetes `pkg/printers/internalversion/printers.go` printService. */
export const serviceColumns: readonly Column[] = [
  {name: 'Type', cell: ({spec}: Service) => spec.type ?? ''},
  {name: 'Cluster-IP', cell: ({spec}: Service) => spec.clusterIPs?.[0] ?? spec.clusterIP ?? NONE},
  {name: 'External-IP', cell: externalAddress},
  {name: 'Port(s)', cell: ({spec}: Service) => (spec.ports ?? []).map(formatPort).join(',') || NONE},
  ageColumn,
  {name: 'Selector', wide: true, cell: ({spec}: Service) => formatSelector(selectorFromMap(spec.selector ?? {})) || NONE},
]

function externalAddress({spec, status}: Service): string {
  const {type, externalIPs = [], externalName = ''} = spec
  if (type === 'ExternalName') return externalName
  if (type !== 'LoadBalancer') return externalIPs.join(',') || NONE
  const ingress = (status?.loadBalancer?.ingress ?? []).map(({ip, hostname}) => ip ?? hostname ?? '')
  const balanced = shorten(
    [...new Set(ingress)]
      .filter((address) => address !== '')
      .sort()
      .join(','),
  )
  return [balanced, ...externalIPs].filter((address) => address !== '').join(',') || '<pending>'
}

function shorten(text: string): string {
  return text.length > WIDTH ? `${text.slice(0, WIDTH - 3)}...` : text
}

function formatPort({port, nodePort = 0, protocol = 'TCP'}: ServicePort): string {
  return nodePort > 0 ? `${port}:${nodePort}/${protocol}` : `${port}/${protocol}`
}

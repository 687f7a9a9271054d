import type {Fields} from './fields.js'

const SHOWN = 3

/** The first three ready endpoints of a Service's port, `10.0.0.1:9000,10.0.0.2:9000 + 4 more...`. Source: kubectl `formatEndpointSlices`. */
export function formatEndpoints(slices: readonly Fields[], portName: string): string {
  if (slices.length === 0) return '<none>'
  const all = slices.flatMap((slice) => addressesOf(slice, portName))
  const ready = all.flatMap(({address, isReady}) => (isReady ? [address] : []))
  // an endpoint after the third ready one says that there are more, even where it is not ready itself
  const third = all.findIndex(({isReady}, index) => isReady && all.slice(0, index + 1).filter((one) => one.isReady).length === SHOWN)
  const hasMore = third !== -1 && third < all.length - 1
  const text = ready.slice(0, SHOWN).join(',')
  return hasMore ? `${text} + ${ready.length - SHOWN} more...` : text
}

/** The slices of a Service. */
export function slicesOf(service: string, slices: readonly Fields[] = []): readonly Fields[] {
  return slices.filter((slice) => slice.pairs('metadata.labels').some(([key, value]) => key === 'kubernetes.io/service-name' && value === service))
}

interface Address {
  readonly address: string
  readonly isReady: boolean
}

function addressesOf(slice: Fields, portName: string): readonly Address[] {
  const ports = slice.items('ports')
  const endpoints = slice.items('endpoints').map((endpoint) => ({
    address: endpoint.texts('addresses')[0] ?? '',
    isReady: !endpoint.has('conditions.ready') || endpoint.flag('conditions.ready'),
  }))
  if (ports.length === 0) return endpoints
  return ports
    .filter((port) => port.text('name') === portName)
    .flatMap((port) => endpoints.map(({address, isReady}) => ({address: `${bracketed(address)}:${port.number('port')}`, isReady})))
}

function bracketed(address: string): string {
  return address.includes(':') ? `[${address}]` : address
}

import type {Destination, RouteDestination} from '../virtual-service.js'
import {checkWildcardDomain} from './domain.js'
import {checkPort} from './network.js'
import {checkSubsetName} from './subset-name.js'

/** The weighted destinations of one tcp or tls route (istio validateRouteDestinations). */
export function checkRouteDestinations(routes: readonly RouteDestination[]): readonly string[] {
  const errors = routes.flatMap((route) => {
    if (route === null) return ['weight may not be nil']
    const {destination, weight = 0} = route
    return [...(destination === undefined ? ['destination is required'] : checkDestination(destination)), ...(weight < 0 ? [`weight ${weight} < 0`] : [])]
  })
  const total = routes.reduce((sum, route) => sum + (route?.weight ?? 0), 0)
  return [...errors, ...(routes.length > 1 && total === 0 ? ['total destination weight = 0'] : [])]
}

/** istio validateDestination */
export function checkDestination({host = '', subset = '', port}: Destination): readonly string[] {
  return [
    ...(host === '*' ? ['invalid destination host *'] : checkWildcardDomain(host)),
    ...(subset === '' ? [] : checkSubsetName(subset)),
    ...(port === undefined ? [] : checkPort(port.number ?? 0)),
  ]
}

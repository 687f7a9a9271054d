import type {RouteDestination, VirtualService} from '../routing/objects/virtual-service.js'
import type {FieldPath} from './finding.js'

type Destination = NonNullable<RouteDestination['destination']>

/** A destination of a VirtualService and where it is written. */
export interface PlacedDestination {
  readonly destination: Destination
  readonly path: FieldPath
  /** The destination HTTP requests are copied to. */
  readonly isMirror: boolean
}

interface Block {
  readonly route?: readonly RouteDestination[]
  readonly mirror?: Destination
}

/** Every destination, in the order istioctl visits them: tcp, tls, http, and the mirrors at last. */
export function destinationsOf({spec}: VirtualService): readonly PlacedDestination[] {
  const {tcp = [], tls = [], http = []} = spec ?? {}
  const requests = http as readonly Block[]
  return [...routed('tcp', tcp), ...routed('tls', tls), ...routed('http', requests), ...mirrored(requests)]
}

function routed(block: string, rules: readonly Block[]): readonly PlacedDestination[] {
  return rules.flatMap((rule, index) =>
    (rule.route ?? []).flatMap(({destination}, place) =>
      destination === undefined ? [] : [{destination, path: ['spec', block, index, 'route', place, 'destination', 'host'], isMirror: false}],
    ),
  )
}

function mirrored(rules: readonly Block[]): readonly PlacedDestination[] {
  return rules.flatMap(({mirror}, index) =>
    mirror === undefined ? [] : [{destination: mirror, path: ['spec', 'http', index, 'mirror', 'host'], isMirror: true}],
  )
}

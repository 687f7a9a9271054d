import type {Routing} from '../routing/routing.js'
import type {ListenerState} from './engine.js'

/** The listeners' own ports in the order of the routing, then their aliases, as one engine alone reports them. */
export function inRoutingOrder(states: readonly ListenerState[], {listeners}: Routing): readonly ListenerState[] {
  const place = new Map(listeners.map(({name, port}, index) => [name, {port, index}]))
  const rank = ({name, port}: ListenerState) => (place.get(name)?.index ?? 0) + (place.get(name)?.port === port ? 0 : listeners.length)
  return [...states].sort((a, b) => rank(a) - rank(b))
}

import type {FilterChain} from '../routing/routing.js'

/**
 * Says which chain of a listener it is, the same for as long as its Gateway server and its route stay where they are:
 * `default/gateway 0 31400 VirtualService default/echo tcp 0`. For counting, and for finding the chain that was counted.
 */
export function chainKey({gateway, source, match}: FilterChain): string {
  const server = `${gateway.namespace}/${gateway.name} ${gateway.server} ${gateway.port}`
  if (source === undefined) return match?.serverNames === undefined ? server : `${server} ${match.serverNames.join(',')}`
  return `${server} ${source.kind ?? 'VirtualService'} ${source.namespace}/${source.name} ${source.block ?? 'tcp'} ${source.rule}`
}

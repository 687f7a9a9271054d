import type {ProxiedEnds} from './preamble/proxy-header.js'

/** Where a client is and where it connected to, as its socket says or a PROXY header. */
export type ClientEnds = ProxiedEnds

/** As much of a socket as says where its two ends are. */
export interface AddressedSocket {
  readonly remoteAddress?: string | undefined
  readonly remotePort?: number | undefined
  readonly localAddress?: string | undefined
  readonly localPort?: number | undefined
}

/** Of an accepted socket; `-` where it is gone already. */
export function endsOf({remoteAddress, remotePort, localAddress, localPort}: AddressedSocket): ClientEnds {
  return {source: endOf(remoteAddress, remotePort), destination: endOf(localAddress, localPort)}
}

/** An IPv4 address counts as one whichever family its socket is of. */
function endOf(address = '-', port = 0): ClientEnds['source'] {
  return {host: address.startsWith('::ffff:') && address.includes('.') ? address.slice('::ffff:'.length) : address, port}
}

import type {Draw} from './balancer.js'
import {Word64} from './word64.js'
import {xxHash64} from './xxhash64.js'

/** Of the client's address without its port (Envoy's source_ip hash policy); any number where there is none, as Envoy does. */
export function hashForPick({clientAddress, random}: Draw): Word64 {
  return clientAddress === undefined ? new Word64().set(random() * 2 ** 32, random() * 2 ** 32) : xxHash64(clientAddress)
}

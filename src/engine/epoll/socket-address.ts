import {isIPv4, isIPv6} from 'node:net'
import {formatIPv6, ipv4Bytes, ipv6Bytes} from '../../base/ip-bytes.js'
import {AF_INET, AF_INET6, AF_UNIX} from './linux.js'

/** As long as the longest socket address, a unix one, with a byte to spare. */
export const ADDRESS_BYTES = 112
const MAX_PATH = 107

interface Place {
  readonly address: string
  readonly port: number
}

/** AF_INET, AF_INET6, AF_UNIX where it is an absolute path; undefined where it is a name. */
export function familyOf(address: string): number | undefined {
  if (address.startsWith('/')) return AF_UNIX
  if (isIPv4(address)) return AF_INET
  return isIPv6(address) && !address.includes('%') ? AF_INET6 : undefined
}

/** Writes the kernel's form of an address, and returns its length; undefined for what is no address, or a path that is too long. */
export function writeSocketAddress(into: Buffer, {address, port}: Place): number | undefined {
  const family = familyOf(address)
  if (family === undefined) return undefined
  into.fill(0)
  into.writeUInt16LE(family, 0)
  if (family === AF_UNIX) return writePath(into, address)
  into.writeUInt16BE(port, 2)
  into.set(family === AF_INET ? ipv4Bytes(address) : ipv6Bytes(address), family === AF_INET ? 4 : 8)
  return family === AF_INET ? 16 : 28
}

function writePath(into: Buffer, path: string): number | undefined {
  const bytes = Buffer.from(path)
  if (bytes.length > MAX_PATH) return undefined
  into.set(bytes, 2)
  return 2 + bytes.length + 1
}

/** What the kernel wrote; undefined for other families than IP. */
export function readSocketAddress(from: Buffer): Place | undefined {
  const family = from.readUInt16LE(0)
  if (family === AF_INET) return {address: `${from[4]}.${from[5]}.${from[6]}.${from[7]}`, port: from.readUInt16BE(2)}
  return family === AF_INET6 ? {address: formatIPv6(from.subarray(8, 24)), port: from.readUInt16BE(2)} : undefined
}

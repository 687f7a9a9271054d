import {isIP, isIPv6} from 'node:net'

export type Family = 4 | 6

/** Of a literal IP address without a zone; undefined of anything else. */
export function familyOf(address: string): Family | undefined {
  const family = address.includes('%') ? 0 : isIP(address)
  return family === 4 || family === 6 ? family : undefined
}

export function isLoopback(address: string): boolean {
  return isIPv6(address) ? address === '::1' : address.startsWith('127.')
}

/** A literal IP address without a zone, or a CIDR block of them: nothing else is handed to nft. */
export function isAddressOrBlock(text: string): boolean {
  const [address = '', bits] = text.split('/', 2)
  const family = familyOf(address)
  if (family === undefined) return false
  return text === address || (text === `${address}/${bits}` && /^\d{1,3}$/.test(bits ?? '') && Number(bits) <= (family === 4 ? 32 : 128))
}

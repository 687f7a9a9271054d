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

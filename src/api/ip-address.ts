const OCTET = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)'
const IPV4 = new RegExp(`^${OCTET}(?:\\.${OCTET}){3}$`)
const GROUP = /^[0-9a-fA-F]{1,4}$/

/** Whether Go's `net.ParseIP` takes the text: dotted quads without leading zeros, and IPv6 without a zone. */
export function isIPAddress(text: string): boolean {
  return IPV4.test(text) || isIPv6(text)
}

/** `address/prefix length` as Go's `net.ParseCIDR` takes it. */
export function isCidr(text: string): boolean {
  const [address = '', length = '', ...rest] = text.split('/')
  if (rest.length > 0 || !/^\d{1,3}$/.test(length)) return false
  return (IPV4.test(address) && Number(length) <= 32) || (isIPv6(address) && Number(length) <= 128)
}

function isIPv6(text: string): boolean {
  const halves = text.split('::')
  if (halves.length > 2) return false
  const groups = halves.map((half) => (half === '' ? [] : half.split(':')))
  const last = groups.at(-1)?.at(-1) ?? ''
  const hasDottedEnd = IPV4.test(last)
  const words = groups.flat()
  const count = words.length + (hasDottedEnd ? 1 : 0)
  const areWords = words.slice(0, hasDottedEnd ? -1 : undefined).every((word) => GROUP.test(word))
  return text.includes(':') && areWords && (halves.length === 2 ? count < 8 : count === 8)
}

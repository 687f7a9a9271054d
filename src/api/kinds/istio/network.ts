import {isCidr, isIPAddress} from '../../ip-address.js'
import {isLabel} from './domain.js'
import {parseProtocol} from './protocol.js'

/** What istiod says of ports, addresses, protocols and percentages. Source: istio `pkg/config/validation/agent`. */

/** A port that packets may carry: 1 to 65535. */
export function checkPort(port: number): readonly string[] {
  return port >= 1 && port <= 65_535 ? [] : [`port number ${port} must be in the range 1..65535`]
}

/** An IPv4 or IPv6 address. */
export function checkAddress(address: string): readonly string[] {
  return isIPAddress(address) ? [] : [`${address} is not a valid IP`]
}

/** An address, or a range in CIDR notation. */
export function checkSubnet(subnet: string): readonly string[] {
  if (subnet.split('/').length !== 2) return checkAddress(subnet)
  return isCidr(subnet) ? [] : [`${subnet} is not a valid CIDR block`]
}

/** A percentage: 0 to 100. */
export function checkPercent(percent: number): readonly string[] {
  return percent >= 0 && percent <= 100 ? [] : [`percentage ${percent} is not in range 0..100`]
}

export const UNIX = 'unix://'

/** What follows `unix://`: an absolute path, or `@name` in Linux' abstract namespace. */
export function checkUnixPath(path: string): readonly string[] {
  if (path === '') return ['unix address must not be empty']
  const isFile = path.startsWith('@') || (path.startsWith('/') && !path.endsWith('/'))
  return isFile ? [] : [`${path} is not an absolute path to a file`]
}

/** Names of ports are labels; upper case is allowed. */
export function checkPortName(name: string): readonly string[] {
  return isLabel(name) ? [] : [`invalid port name: ${name}`]
}

/** Without a protocol the proxy looks at the traffic. */
export function checkProtocol(protocol: string): readonly string[] {
  return protocol === '' || parseProtocol(protocol) !== 'unsupported' ? [] : [`unsupported protocol: ${protocol}`]
}

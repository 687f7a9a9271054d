import {isCidr, isIPAddress} from '../../ip-address.js'

/** What istiod says of ports, addresses and percentages. Source: istio `pkg/config/validation/agent`. */

export function checkPort(port: number): readonly string[] {
  return port >= 1 && port <= 65_535 ? [] : [`port number ${port} must be in the range 1..65535`]
}

export function checkAddress(address: string): readonly string[] {
  return isIPAddress(address) ? [] : [`${address} is not a valid IP`]
}

/** An address, or a range in CIDR notation. */
export function checkSubnet(subnet: string): readonly string[] {
  if (subnet.split('/').length !== 2) return checkAddress(subnet)
  return isCidr(subnet) ? [] : [`${subnet} is not a valid CIDR block`]
}

export function checkPercent(percent: number): readonly string[] {
  return percent >= 0 && percent <= 100 ? [] : [`percentage ${percent} is not in range 0..100`]
}

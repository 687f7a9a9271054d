import {accessSync, constants, readFileSync, writeFileSync} from 'node:fs'

/**
 * Whether packets from outside may be for 127/8, in this network namespace. Whoever switches it on keeps those away that no rule has led there: the
 * `guard` chain does.
 */
const SWITCH = '/proc/sys/net/ipv4/conf/all/route_localnet'

export type RouteLocalnet = 'on' | 'off' | 'fixed'

/** `fixed`: it is off, and cannot be switched on here. */
export function routeLocalnet(): RouteLocalnet {
  try {
    if (readFileSync(SWITCH, 'utf8').trim() === '1') return 'on'
    accessSync(SWITCH, constants.W_OK)
    return 'off'
  } catch {
    return 'fixed' // no such switch, or a file system that is read-only: a container
  }
}

export function switchRouteLocalnet(to: 'on' | 'off'): void {
  writeFileSync(SWITCH, to === 'on' ? '1\n' : '0\n')
}

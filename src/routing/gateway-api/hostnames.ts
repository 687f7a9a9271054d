import {hostsOverlap} from '../host.js'

/** Those of a route's names that a listener covers, each narrowed to what both mean: `*.com` at `a.com` is `a.com`. No name is every name. */
export function commonHostnames(route: readonly string[], listener: string | undefined): readonly string[] {
  const own = route.length === 0 ? ['*'] : route
  const other = listener === undefined || listener === '' ? '*' : listener
  return [...new Set(own.filter((host) => hostsOverlap(host, other)).map((host) => narrower(host, other)))]
}

function narrower(a: string, b: string): string {
  if (!a.startsWith('*')) return a
  if (!b.startsWith('*')) return b
  return a.length >= b.length ? a : b
}

import type {Side, TrackedConnection} from './conntrack.js'
import {runTool} from './run-tool.js'

/** Of one filter for ss: its jumps are 16 bits. */
const AT_ONCE = 200

/**
 * Ends connections: the endpoint's socket is taken from it (SOCK_DESTROY), which resets the client. The kernel that only translates addresses has no other
 * end of its own to close.
 */
export async function cutConnections(connections: readonly TrackedConnection[]): Promise<void> {
  for (let at = 0; at < connections.length; at += AT_ONCE) {
    const filter = connections.slice(at, at + AT_ONCE).map(({endpoint, client}) => `( src ${formatSide(endpoint)} and dst ${formatSide(client)} )`)
    await runTool('ss', ['-K', '-t', '-n', '-H', filter.join(' or ')])
  }
}

function formatSide({address, port}: Side): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`
}

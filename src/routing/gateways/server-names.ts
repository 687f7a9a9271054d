import type {Server} from './merge-servers.js'

/** A server's hosts as server names: without namespaces, each once, in order (istio GetSNIHostsForServer). */
export function namesOf({hosts}: Server): readonly string[] {
  return [...new Set(hosts.map((host) => host.slice(host.indexOf('/') + 1)))].sort()
}

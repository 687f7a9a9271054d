import {isIP} from 'node:net'
import {UserError} from '../../base/user-error.js'
import type {World} from '../../daemon/world.js'
import type {Question} from '../../inspect/trace/known.js'
import {INGRESS} from '../../resources/cluster.js'
import {entryAddresses, isOwnAddress} from '../../routing/entry-addresses.js'
import {toFullHost} from '../../routing/host.js'
import {titleOf} from '../../routing/naming.js'
import type {ServiceEntry} from '../../routing/objects/service-entry.js'

const DOMAIN = 'cluster.local'

export interface TraceClient {
  readonly sni?: string | undefined
  readonly from?: string | undefined
  readonly alpn?: readonly string[] | undefined
}

/**
 * Reads `PORT` or `HOST:PORT`. A host is an address, or the name of a Service as clients in the mesh would use it (`tcp-echo`,
 * `tcp-echo.default`, in full). Throws a UserError for anything else.
 */
export function traceQuestion(word: string, client: TraceClient, {world, gatewayAddress}: {readonly world: World; readonly gatewayAddress: string}): Question {
  const [, host = '', digits = ''] = /^(?:\[?([^\]]*)\]?:)?(\d+)$/.exec(word) ?? []
  const port = Number(digits)
  if (digits === '' || port < 1 || port > 65_535) throw new UserError(`"${word}" is no PORT or HOST:PORT`, {hint: "e.g. 'tshift trace 31400'", exitCode: 2})
  const address = host === '' ? undefined : addressOf(host, world, gatewayAddress)
  const {sni, from = '127.0.0.1', alpn} = client
  if (isIP(from) === 0) throw new UserError(`--from is an IP address, not "${from}"`, {exitCode: 2})
  return {
    target: `${host === '' ? gatewayAddress : host}:${port}`,
    ...(address === undefined ? {} : {address}),
    port,
    client: {address: from, ...(sni === undefined ? {} : {serverName: sni.toLowerCase()}), ...(alpn === undefined ? {} : {applicationProtocols: alpn})},
  }
}

function addressOf(host: string, {services, serviceEntries}: World, gatewayAddress: string): string {
  if (isIP(host) !== 0) return host
  if (host === 'localhost') return gatewayAddress
  const [name = '', namespace = 'default'] = host.split('.')
  const full = toFullHost(name, namespace, DOMAIN)
  const service = services.find(({metadata}) => metadata.name === name && (metadata.namespace ?? 'default') === namespace)
  const isMeant = full === host || full.startsWith(`${host}.`) || host === name
  if (service === undefined || !isMeant) return entryAddress(host, serviceEntries)
  if (name === INGRESS.name && namespace === INGRESS.namespace) return gatewayAddress
  const {clusterIP = 'None'} = service.spec ?? {}
  if (isIP(clusterIP) === 0) throw new UserError(`Service ${namespace}/${name} has no address of its own`, {exitCode: 2})
  return clusterIP
}

/** Where the sidecars of clients listen for a ServiceEntry's host. */
function entryAddress(host: string, entries: readonly ServiceEntry[]): string {
  const named = entries.find(({spec}) => spec?.hosts?.includes(host))
  if (named === undefined) {
    throw new UserError(`no Service and no ServiceEntry has the name ${host}`, {hint: 'name an address, or a Service as name.namespace', exitCode: 2})
  }
  const own = entries.flatMap(entryAddresses).find((one) => one.host === host && isOwnAddress(one.address))
  const hint = 'give it spec.addresses in 127.0.0.0/8; a gateway that runs allots one where resolution is not NONE'
  if (own === undefined) {
    throw new UserError(`${titleOf(named)} has no address of this machine: routes of gateways lead to ${host}, and no client in the mesh`, {hint, exitCode: 2})
  }
  return own.address
}

import {chooseChain, needsInspection} from '../routing/choose-chain.js'
import {chainFingerprint} from '../routing/chain-fingerprint.js'
import type {Cluster, FilterChain, Listener, Routing} from '../routing/routing.js'
import type {ClientHello} from './preamble/client-hello.js'
import type {PreambleWants} from './preamble/preamble.js'
import {TlsServer} from './tls/tls-server.js'

/** A filter chain that is ready to serve. */
export interface ServingChain {
  readonly chain: FilterChain
  /** The same in two routings where the connections of one may go on under the other. */
  readonly fingerprint: string
  /** Where `chain.tls` is present; absent then means that there is no usable certificate. */
  readonly tlsServer?: TlsServer
}

/** More clients than any mesh here has pods; beyond, the choice is just made anew. */
const MAX_REMEMBERED = 1024

/** A listener that is ready to serve: what each of its connections needs, prepared once for a routing. */
export class ServingListener {
  /** Undefined where a chain can be chosen before the first byte. */
  readonly wants: PreambleWants | undefined
  readonly fingerprints: ReadonlySet<string>
  readonly #byChain: ReadonlyMap<FilterChain, ServingChain>
  /** The one for every client. */
  readonly #only: ServingChain | undefined
  readonly #byAddress = new Map<string, ServingChain | undefined>()

  constructor(
    readonly name: string,
    readonly listener: Pick<Listener, 'chains' | 'expectsProxyHeader'>,
    readonly chains: readonly ServingChain[],
    readonly clusters: Readonly<Record<string, Cluster>>,
    /** What is wrong with its certificates. */
    readonly problem?: string,
  ) {
    const [proxyHeader, clientHello] = [listener.expectsProxyHeader === true, needsInspection(listener)]
    this.wants = proxyHeader || clientHello ? {proxyHeader, clientHello} : undefined
    this.fingerprints = new Set(chains.map(({fingerprint}) => fingerprint))
    this.#byChain = new Map(chains.map((serving) => [serving.chain, serving]))
    this.#only = chains.length === 1 && chains[0]?.chain.match === undefined ? chains[0] : undefined
  }

  /** The same listener in a routing with these clusters. */
  with(clusters: ServingListener['clusters']): ServingListener {
    return clusters === this.clusters ? this : new ServingListener(this.name, this.listener, this.chains, clusters, this.problem)
  }

  /** The chain for a client, undefined where there is none (NR). `address` is asked only where it matters. */
  choose(address: () => string, hello: ClientHello = {}): ServingChain | undefined {
    if (this.#only !== undefined) return this.#only
    return this.wants?.clientHello === true ? this.#match(address(), hello) : this.#byClient(address())
  }

  /** In the mesh the address decides alone, and the same clients come again and again. */
  #byClient(address: string): ServingChain | undefined {
    if (this.#byAddress.has(address)) return this.#byAddress.get(address)
    if (this.#byAddress.size >= MAX_REMEMBERED) this.#byAddress.clear()
    const found = this.#match(address, {})
    this.#byAddress.set(address, found)
    return found
  }

  #match(address: string, hello: ClientHello): ServingChain | undefined {
    const chain = chooseChain(this.listener.chains, {address, ...hello})
    return chain === undefined ? undefined : this.#byChain.get(chain)
  }
}

/** By listener name. */
export type Serving = ReadonlyMap<string, ServingListener>

/**
 * Prepares a routing. Certificates that did not change are not read again; where OpenSSL refuses new ones, the chain goes on with those it has
 * had (Envoy keeps the last good secret), and `problem` says why.
 */
export function prepareServing(routing: Routing, before: Serving): Serving {
  const servers = [...before.values()].flatMap(({chains}) => chains.flatMap(({tlsServer}) => tlsServer ?? []))
  const known = new Map(servers.map((server) => [JSON.stringify(server.tls), server]))
  return new Map(
    routing.listeners.map((listener) => {
      const same = before.get(listener.name)
      if (same?.listener === listener) return [listener.name, same.with(routing.clusters)]
      const problems: string[] = []
      const chains = listener.chains.map((chain) => {
        const fingerprint = chainFingerprint(chain)
        const tlsServer = serverFor(chain, known, problems) ?? lastGood(chain, before.get(listener.name), fingerprint)
        return {chain, fingerprint, ...(tlsServer === undefined ? {} : {tlsServer})}
      })
      return [listener.name, new ServingListener(listener.name, listener, chains, routing.clusters, problems[0])]
    }),
  )
}

function serverFor({tls, gateway}: FilterChain, known: Map<string, TlsServer>, problems: string[]): TlsServer | undefined {
  if (tls === undefined || tls.certificates.length === 0 || (tls.mode !== 'SIMPLE' && tls.ca === undefined)) return undefined
  const key = JSON.stringify(tls)
  const found = known.get(key)
  if (found !== undefined) return found
  try {
    const server = new TlsServer(tls)
    known.set(key, server)
    return server
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    problems.push(`the certificates of gateway ${gateway.namespace}/${gateway.name}, server ${gateway.server}, are refused: ${reason}`)
    return undefined
  }
}

/** Of the same chain; a credential that is gone leaves nothing good. */
function lastGood({tls}: FilterChain, before: ServingListener | undefined, fingerprint: string): TlsServer | undefined {
  if (tls === undefined || tls.certificates.length === 0) return undefined
  return before?.chains.find((chain) => chain.fingerprint === fingerprint)?.tlsServer
}

import {chainFingerprint} from '../../src/routing/chain-fingerprint.js'
import type {FilterChain, Listener, Routing} from '../../src/routing/routing.js'

/** A listener that stays under its name and is not the same. */
export interface ChangedListener {
  readonly before: Listener
  readonly after: Listener
  /** Chains of `before` that are gone or lead elsewhere: their connections drain. All others stay as they are. */
  readonly drained: readonly FilterChain[]
}

export interface ListenerChanges {
  readonly added: readonly Listener[]
  /** All their connections drain. */
  readonly removed: readonly Listener[]
  readonly changed: readonly ChangedListener[]
}

/**
 * What a new routing means for the listeners of the old one. Only chains whose match, TLS, route or source changed drain, as in Envoy's in-place
 * filter chain update; clusters and endpoints play no part, since a connection keeps the endpoint it has.
 */
export function changedListeners(before: Routing | undefined, after: Routing): ListenerChanges {
  const old = new Map((before?.listeners ?? []).map((listener) => [listener.name, listener]))
  const names = new Set(after.listeners.map(({name}) => name))
  return {
    added: after.listeners.filter(({name}) => !old.has(name)),
    removed: [...old.values()].filter(({name}) => !names.has(name)),
    changed: after.listeners.flatMap((listener) => {
      const previous = old.get(listener.name)
      return previous === undefined || isSame(previous, listener) ? [] : [{before: previous, after: listener, drained: drainedChains(previous, listener)}]
    }),
  }
}

function drainedChains(before: Listener, after: Listener): readonly FilterChain[] {
  const staying = new Set(after.chains.map(chainFingerprint))
  return before.chains.filter((chain) => !staying.has(chainFingerprint(chain)))
}

/** Compiled values are plain data with their fields in one order, so that their text tells them apart. */
function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

import type {ResponseFlag} from '../engine.js'

/** Where a draw ends. The kernel marks each connection with its leaf, so that what is counted and what is cut can be told apart. */
export interface Leaf {
  /** What it is known by: all of the below, made once, since there may be tens of thousands. */
  readonly key: string
  /** The listener's name. */
  readonly listener: string
  /** `chainKey` of the chain; empty where no chain was for the client. */
  readonly chain: string
  /** Connections of one group drain together: the listener, and what makes its chain the same chain. */
  readonly group: string
  /** Key in `Routing.clusters`; empty where no chain was for the client. */
  readonly cluster: string
  readonly target: LeafTarget
}

export type LeafTarget =
  | {readonly type: 'endpoint'; readonly address: string; readonly port: number}
  /** Accepted and closed: the draw fell on a cluster that is not there (NC) or empty (UH), or no chain is for the client (NR). */
  | {readonly type: 'close'; readonly flag: Extract<ResponseFlag, 'NC' | 'UH' | 'NR'>}

/** A leaf with its key: what tells it from all others, in every generation of the rules. */
export function makeLeaf(parts: Omit<Leaf, 'key'>): Leaf {
  const {group, chain, cluster, target} = parts
  const end = target.type === 'endpoint' ? `${target.address} ${target.port}` : target.flag
  return {...parts, key: `${group}\n${chain}\n${cluster}\n${end}`}
}

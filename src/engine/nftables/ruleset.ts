import {type KernelChain, type KernelDestination, type KernelListener, leavesOf, type WeightedLeaf} from './kernel-plan.js'
import type {Leaf} from './leaf.js'
import {CONNECTED, hex, markOf, TAG_MASK} from './mark.js'

/** What is in the gateway's table, beside the sets that count. */
export interface Ruleset {
  /** In the order they may be made: a chain is after those it goes to. */
  readonly chains: ReadonlyMap<string, ChainText>
  readonly maps: Readonly<Record<MapName, ReadonlyMap<string, string>>>
}

export interface ChainText {
  /** Of a base chain: where in the kernel it is called. */
  readonly hook?: string
  readonly rules: readonly string[]
}

export const MAPS = {
  at4: 'ipv4_addr . inet_service : verdict',
  at6: 'ipv6_addr . inet_service : verdict',
  anywhere: 'inet_service : verdict',
  endpoints4: 'mark : ipv4_addr . inet_service',
  endpoints6: 'mark : ipv6_addr . inet_service',
} as const
export type MapName = keyof typeof MAPS

export interface RulesetOptions {
  readonly tag: number
  readonly numberOf: (leaf: Leaf) => number
  /** Clients from outside are led to 127/8, where no others of theirs must come (`route_localnet`). */
  readonly guardsLocalnet: boolean
}

/**
 * The rules that serve these listeners:
 *
 *     a client's SYN ─at4/at6/anywhere→ listener ─draw by weight→ destination ─draw, ct mark→ enter ─endpoints→ DNAT
 *     every packet of a marked connection ─leaving/arriving→ count
 *
 * Only the first packet of a connection passes the upper line; conntrack translates the others. Source of the way: kube-proxy's nftables mode.
 */
export function rulesetOf(plan: readonly KernelListener[], options: RulesetOptions): Ruleset {
  return {chains: new Map([...baseChains(options), ...plan.flatMap((listener) => listenerChains(listener, options))]), maps: mapsOf(plan, options)}
}

const FIND_LISTENER = ['ip daddr . tcp dport vmap @at4', 'ip6 daddr . tcp dport vmap @at6', 'fib daddr type local tcp dport vmap @anywhere']
const COUNT_OPENED = 'update @opened { ct mark counter }'

function baseChains({tag, guardsLocalnet}: RulesetOptions): readonly (readonly [string, ChainText])[] {
  const isOurs = `ct mark and ${hex(TAG_MASK)} == ${hex(markOf(tag, 0))}`
  // the first answer to a SYN; one from a closed port carries the number 0 (RFC 9293, 3.10.7.1)
  const isAnswer = 'ct direction reply tcp flags & (syn | rst | ack) =='
  const count = ['tcp flags & (syn | rst) != 0 goto answer', 'update @traffic { ct mark . ct direction . tcp doff counter }']
  const answer = [
    `${isAnswer} syn | ack ct mark and ${hex(CONNECTED)} == 0 ct mark set ct mark or ${hex(CONNECTED)} update @connected { ct mark counter }`,
    `${isAnswer} rst | ack tcp sequence 0 update @refused { ct mark counter }`,
  ]
  const guard: ChainText = {hook: 'filter hook prerouting priority -300', rules: ['iifname != "lo" ip daddr 127.0.0.0/8 drop', 'iifname != "lo" ip saddr 127.0.0.0/8 drop']}
  return [
    ...(guardsLocalnet ? [['guard', guard] as const] : []),
    ['enter4', {rules: [COUNT_OPENED, 'meta l4proto tcp dnat ip to ct mark map @endpoints4']}],
    ['enter6', {rules: [COUNT_OPENED, 'meta l4proto tcp dnat ip6 to ct mark map @endpoints6']}],
    ['close', {rules: [COUNT_OPENED, 'accept']}],
    ['answer', {rules: answer}],
    ['count', {rules: count}],
    // every packet passes one of these once: what leaves or stays here the first, what comes from outside to stay the second
    ['leaving', {hook: 'filter hook postrouting priority 300', rules: [`${isOurs} goto count`]}],
    ['arriving', {hook: 'filter hook input priority 300', rules: [`iifname != "lo" ${isOurs} goto count`]}],
    ['output', {hook: 'nat hook output priority -100', rules: FIND_LISTENER}],
    ['prerouting', {hook: 'nat hook prerouting priority -100', rules: FIND_LISTENER}],
  ]
}

function listenerChains(listener: KernelListener, options: RulesetOptions): readonly (readonly [string, ChainText])[] {
  const name = listenerChain(listener.name)
  const chains = listener.chains.flatMap((chain, index) => chainChains(chain, `${name}/${index}`, options))
  const isForEveryone = listener.chains.length === 1 && listener.chains[0]?.sources === undefined
  if (isForEveryone) return [...chains, [name, {rules: [`goto ${name}/0`]}]]
  const rules = [...bySource(listener.chains, name), markRule([{leaf: listener.stray, weight: 1}], options)]
  return [...chains, [name, {rules}]]
}

/** The longest block decides, the first chain where several say the same, one without sources for those that are in none (`chooseChain`). */
function bySource(chains: readonly KernelChain[], name: string): readonly string[] {
  const to = (index: number) => `goto ${name}/${index}`
  const sources = chains.flatMap(({sources = []}, index) => sources.map((block) => ({block, index})))
  const addresses = (isSix: boolean) => sources.filter(({block}) => !block.includes('/') && isIPv6(block) === isSix)
  const blocks = sources.filter(({block}) => block.includes('/')).sort((a, b) => prefixBits(b.block) - prefixBits(a.block) || a.index - b.index)
  const open = chains.findIndex((chain) => chain.sources === undefined)
  return [
    ...addressRule('ip', addresses(false), to),
    ...addressRule('ip6', addresses(true), to),
    ...blocks.map(({block, index}) => `${isIPv6(block) ? 'ip6' : 'ip'} saddr ${block} ${to(index)}`),
    ...(open < 0 ? [] : [to(open)]),
  ]
}

/** Pods, of which there may be many: one look-up finds the chain of a client. */
function addressRule(family: 'ip' | 'ip6', sources: readonly {readonly block: string; readonly index: number}[], to: (index: number) => string): readonly string[] {
  const first = new Map([...sources].reverse().map(({block, index}) => [block, index]))
  return first.size === 0 ? [] : [`${family} saddr vmap { ${[...first].map(([address, index]) => `${address} : ${to(index)}`).join(', ')} }`]
}

function prefixBits(block: string): number {
  return Number(block.slice(block.indexOf('/') + 1))
}

function chainChains({destinations}: KernelChain, name: string, options: RulesetOptions): readonly (readonly [string, ChainText])[] {
  const [only] = destinations
  if (destinations.length === 1 && only !== undefined) return [[name, {rules: [destinationRule(only, options)]}]]
  const ways = destinations.map((destination, index) => [`${name}/${index}`, {rules: [destinationRule(destination, options)]}] as const)
  const {total, keys} = ranges(destinations.map(({weight}) => weight))
  return [...ways, [name, {rules: [`numgen random mod ${total} vmap { ${keys.map((key, index) => `${key} : goto ${name}/${index}`).join(', ')} }`]}]]
}

function destinationRule({leaves, isInTurn}: KernelDestination, options: RulesetOptions): string {
  return markRule(leaves, {...options, how: isInTurn ? 'inc' : 'random'})
}

function markRule(leaves: readonly WeightedLeaf[], {how = 'random', tag, numberOf}: Pick<RulesetOptions, 'tag' | 'numberOf'> & {readonly how?: 'random' | 'inc'}): string {
  const marks = leaves.map(({leaf}) => hex(markOf(tag, numberOf(leaf))))
  const target = leaves[0]?.leaf.target
  const next = target?.type === 'endpoint' ? `enter${isIPv6(target.address) ? 6 : 4}` : 'close'
  if (marks.length === 1) return `ct mark set ${marks[0]} goto ${next}`
  const {total, keys} = ranges(leaves.map(({weight}) => weight))
  return `ct mark set numgen ${how} mod ${total} map { ${keys.map((key, index) => `${key} : ${marks[index]}`).join(', ')} } goto ${next}`
}

/** A number below the total falls into each range as often as its weight says. */
function ranges(weights: readonly number[]): {readonly total: number; readonly keys: readonly string[]} {
  let total = 0
  const keys = weights.map((weight) => {
    const from = total
    total += weight
    return weight === 1 ? `${from}` : `${from}-${total - 1}`
  })
  return {total, keys}
}

function mapsOf(plan: readonly KernelListener[], {tag, numberOf}: RulesetOptions): Ruleset['maps'] {
  const maps: Record<MapName, Map<string, string>> = {at4: new Map(), at6: new Map(), anywhere: new Map(), endpoints4: new Map(), endpoints6: new Map()}
  for (const {name, bindings} of plan) {
    for (const {address, port} of bindings) {
      const verdict = `goto ${listenerChain(name)}`
      if (address === '0.0.0.0') maps.anywhere.set(`${port}`, verdict)
      else maps[isIPv6(address) ? 'at6' : 'at4'].set(`${address} . ${port}`, verdict)
    }
  }
  for (const leaf of leavesOf(plan)) {
    if (leaf.target.type !== 'endpoint') continue
    const {address, port} = leaf.target
    maps[isIPv6(address) ? 'endpoints6' : 'endpoints4'].set(hex(markOf(tag, numberOf(leaf))), `${address} . ${port}`)
  }
  return maps
}

/** nft takes letters, digits, `_`, `.`, `/` and `-` in a name; any other character of a listener's is written as `-` and its code. */
function listenerChain(name: string): string {
  return `to/${name.replace(/[^A-Za-z0-9_.]/gu, (character) => `-${character.codePointAt(0)?.toString(16)}-`)}`
}

/** Of an address or a block that is known to be one. */
function isIPv6(address: string): boolean {
  return address.includes(':')
}

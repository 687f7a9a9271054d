import type {KernelListener} from './kernel-plan.js'
import type {Leaf} from './leaf.js'
import {listenerRules} from './listener-rules.js'
import {CONNECTED, hex, markOf, TAG_MASK} from './mark.js'

/** What is in the gateway's table, beside the sets that count. */
export interface Ruleset {
  readonly base: RulesetPart
  /** By the listener as it was planned. No part says anything of another's chains. */
  readonly listeners: ReadonlyMap<KernelListener, RulesetPart>
}

export interface RulesetPart {
  readonly chains: ReadonlyMap<string, ChainText>
  readonly maps: Readonly<Partial<Record<MapName, ReadonlyMap<string, string>>>>
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
 * What is the same as `before`, whose leaves must have kept their numbers, is taken from there.
 */
export function rulesetOf(plan: readonly KernelListener[], options: RulesetOptions, before?: Ruleset): Ruleset {
  const listeners = new Map(plan.map((listener) => [listener, before?.listeners.get(listener) ?? listenerRules(listener, options)]))
  return {base: {chains: new Map(baseChains(options)), maps: {}}, listeners}
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
  const guard: ChainText = {
    hook: 'filter hook prerouting priority -300',
    rules: ['iifname != "lo" ip daddr 127.0.0.0/8 drop', 'iifname != "lo" ip saddr 127.0.0.0/8 drop'],
  }
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

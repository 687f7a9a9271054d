import {type KernelChain, type KernelDestination, type KernelListener, leavesOf, type WeightedLeaf} from './kernel-plan.js'
import {hex, markOf} from './mark.js'
import type {ChainText, MapName, RulesetOptions, RulesetPart} from './ruleset.js'
import {oneDraw} from './one-draw.js'

/**
 * A rule that draws looks something up, and finds nothing where the very packet that asks passes while the rules are changed: what it asks for is gone
 * already. The packet is dropped then, and its client sends it again. It must not go on to the socket behind the rules, which closes.
 */
const FOUND_NOTHING = 'drop'

/** The chains and map elements that are one listener's own. */
export function listenerRules(listener: KernelListener, options: RulesetOptions): RulesetPart {
  return {chains: new Map(chainsOf(listener, options)), maps: mapsOf(listener, options)}
}

type NamedChain = readonly [string, ChainText]

function chainsOf(listener: KernelListener, options: RulesetOptions): readonly NamedChain[] {
  const name = listenerChain(listener.name)
  const [only] = listener.chains
  if (listener.chains.length === 1 && only !== undefined && only.sources === undefined) return chainChains(only, name, options)
  const chains = listener.chains.flatMap((chain, index) => chainChains(chain, `${name}/${index}`, options))
  const rules = [...bySource(listener.chains, name), ...markRules([{leaf: listener.stray, weight: 1}], options)]
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
function addressRule(
  family: 'ip' | 'ip6',
  sources: readonly {readonly block: string; readonly index: number}[],
  to: (index: number) => string,
): readonly string[] {
  const first = new Map([...sources].reverse().map(({block, index}) => [block, index]))
  return first.size === 0 ? [] : [`${family} saddr vmap { ${[...first].map(([address, index]) => `${address} : ${to(index)}`).join(', ')} }`]
}

function prefixBits(block: string): number {
  return Number(block.slice(block.indexOf('/') + 1))
}

function chainChains({destinations}: KernelChain, name: string, options: RulesetOptions): readonly NamedChain[] {
  const [only] = destinations
  const drawn = oneDraw(destinations)
  if (drawn !== undefined && new Set(drawn.map(nextChain)).size === 1) return [[name, {rules: markRules(drawn, options)}]]
  if (destinations.length === 1 && only !== undefined) return [[name, {rules: destinationRules(only, options)}]]
  const ways = destinations.map((destination, index) => [`${name}/${index}`, {rules: destinationRules(destination, options)}] as const)
  const {total, keys} = ranges(destinations.map(({weight}) => weight))
  return [
    ...ways,
    [name, {rules: [`numgen random mod ${total} vmap { ${keys.map((key, index) => `${key} : goto ${name}/${index}`).join(', ')} }`, FOUND_NOTHING]}],
  ]
}

function destinationRules({leaves, isInTurn}: KernelDestination, options: RulesetOptions): readonly string[] {
  return markRules(leaves, {...options, how: isInTurn ? 'inc' : 'random'})
}

type MarkOptions = Pick<RulesetOptions, 'tag' | 'numberOf'> & {readonly how?: 'random' | 'inc'}

/** All leaves have one next chain. */
function markRules(leaves: readonly WeightedLeaf[], {how = 'random', tag, numberOf}: MarkOptions): readonly string[] {
  const marks = leaves.map(({leaf}) => hex(markOf(tag, numberOf(leaf))))
  const next = leaves.slice(0, 1).map(nextChain).join('')
  if (marks.length === 1) return [`ct mark set ${marks[0]} goto ${next}`]
  const {total, keys} = ranges(leaves.map(({weight}) => weight))
  return [`ct mark set numgen ${how} mod ${total} map { ${keys.map((key, index) => `${key} : ${marks[index]}`).join(', ')} } goto ${next}`, FOUND_NOTHING]
}

/** Where a connection goes when it has its mark. */
function nextChain({leaf: {target}}: WeightedLeaf): string {
  if (target.type === 'close') return 'close'
  return isIPv6(target.address) ? 'enter6' : 'enter4'
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

function mapsOf(listener: KernelListener, {tag, numberOf}: RulesetOptions): RulesetPart['maps'] {
  const maps: Record<MapName, Map<string, string>> = {at4: new Map(), at6: new Map(), anywhere: new Map(), endpoints4: new Map(), endpoints6: new Map()}
  const verdict = `goto ${listenerChain(listener.name)}`
  for (const {address, port} of listener.bindings) {
    if (address === '0.0.0.0') maps.anywhere.set(`${port}`, verdict)
    else maps[isIPv6(address) ? 'at6' : 'at4'].set(`${address} . ${port}`, verdict)
  }
  for (const leaf of leavesOf(listener)) {
    if (leaf.target.type === 'endpoint')
      maps[endpointMap(leaf.target.address)].set(hex(markOf(tag, numberOf(leaf))), `${leaf.target.address} . ${leaf.target.port}`)
  }
  return maps
}

/** The map that leads to an endpoint. */
export function endpointMap(address: string): 'endpoints4' | 'endpoints6' {
  return isIPv6(address) ? 'endpoints6' : 'endpoints4'
}

/** nft takes letters, digits, `_`, `.`, `/` and `-` in a name; any other character of a listener's is written as `-` and its code. */
function listenerChain(name: string): string {
  return `to/${name.replace(/[^A-Za-z0-9_.]/gu, (character) => `-${character.codePointAt(0)?.toString(16)}-`)}`
}

/** Of an address or a block that is known to be one. */
function isIPv6(address: string): boolean {
  return address.includes(':')
}

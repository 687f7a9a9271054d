import type {KernelListener} from './kernel-plan.js'
import type {Leaf} from './leaf.js'
import {endpointMap} from './listener-rules.js'
import {hex, MOST_LEAVES} from './mark.js'
import {type ChainText, type MapName, MAPS, type Ruleset, type RulesetPart} from './ruleset.js'

/** Beside the rules: who was drawn, who answered, who refused, and bytes by direction and length of the TCP header, so that headers can be taken off. */
export const COUNTING_SETS = {
  opened: {key: 'ct mark', size: MOST_LEAVES},
  connected: {key: 'ct mark', size: MOST_LEAVES},
  refused: {key: 'ct mark', size: MOST_LEAVES},
  traffic: {key: 'ct mark . ct direction . tcp doff', size: 4 * MOST_LEAVES},
} as const
export type CountingSet = keyof typeof COUNTING_SETS

/**
 * What `nft -f` is told to get from one ruleset to another: in one transaction, and only what differs. Without one before, the table is made anew, whatever
 * was left of it. Sets that count are not touched otherwise. Elements of `endpoints4` and `endpoints6` stay when their leaf goes: a packet that has just
 * drawn it must find them (`forgetEndpoint`).
 */
export function transactionOf(table: string, before: Ruleset | undefined, after: Ruleset): string {
  const lines = before === undefined ? createTable(table) : []
  const from = before === undefined ? NOTHING : whole(before, ({listener, part}) => after.listeners.get(listener) !== part)
  const to = whole(after, ({listener, part}) => before?.listeners.get(listener) !== part)
  lines.push(...chainsBefore(table, from, to), ...elements(table, from, to), ...chainsAfter(table, from, to))
  return lines.map((line) => `${line}\n`).join('')
}

interface Whole {
  readonly chains: ReadonlyMap<string, ChainText>
  readonly maps: Readonly<Record<MapName, ReadonlyMap<string, string>>>
}

const NOTHING: Whole = {chains: new Map(), maps: {at4: new Map(), at6: new Map(), anywhere: new Map(), endpoints4: new Map(), endpoints6: new Map()}}

/** A ruleset without the listeners that are not looked at. */
function whole({base, listeners}: Ruleset, isLookedAt: (of: {readonly listener: KernelListener; readonly part: RulesetPart}) => boolean): Whole {
  const parts = [base]
  for (const [listener, part] of listeners) if (isLookedAt({listener, part})) parts.push(part)
  const all = (map: MapName) => new Map(parts.flatMap(({maps}) => [...(maps[map] ?? [])]))
  const maps = {at4: all('at4'), at6: all('at6'), anywhere: all('anywhere'), endpoints4: all('endpoints4'), endpoints6: all('endpoints6')}
  return {chains: new Map(parts.flatMap(({chains}) => [...chains])), maps}
}

/** Elements in one line: nft reads long ones slowly. */
const A_LINE = 500

function createTable(table: string): string[] {
  return [
    `add table inet ${table}`,
    `delete table inet ${table}`, // deleting what is not there would be an error
    `add table inet ${table}`,
    ...Object.entries(COUNTING_SETS).map(([name, {key, size}]) => `add set inet ${table} ${name} { typeof ${key}; size ${size}; flags dynamic; counter; }`),
    ...Object.entries(MAPS).map(([name, type]) => `add map inet ${table} ${name} { type ${type}; }`),
  ]
}

/** All chains are there before the first rule that goes to them. */
function chainsBefore(table: string, {chains: from}: Whole, {chains: to}: Whole): readonly string[] {
  const fresh = [...to].filter(([name]) => !from.has(name))
  const changed = [...to].filter(([name, {rules}]) => from.get(name)?.rules.join('\n') !== rules.join('\n'))
  return [
    ...fresh.map(([name, {hook}]) => `add chain inet ${table} ${name}${hook === undefined ? '' : ` { type ${hook}; policy accept; }`}`),
    ...changed.filter(([name]) => from.has(name)).map(([name]) => `flush chain inet ${table} ${name}`),
    ...changed.flatMap(([name, {rules}]) => rules.map((rule) => `add rule inet ${table} ${name} ${rule}`)),
  ]
}

/** Chains that are gone end last, when nothing leads to them any more. */
function chainsAfter(table: string, {chains: from}: Whole, {chains: to}: Whole): readonly string[] {
  const gone = [...from.keys()].filter((name) => !to.has(name))
  return [...gone.map((name) => `flush chain inet ${table} ${name}`), ...gone.map((name) => `delete chain inet ${table} ${name}`)]
}

function elements(table: string, from: Whole, to: Whole): readonly string[] {
  return (Object.keys(MAPS) as MapName[]).flatMap((map) => {
    const [before, after] = [from.maps[map], to.maps[map]]
    const isKept = map === 'endpoints4' || map === 'endpoints6'
    const gone = isKept ? [] : [...before].filter(([key, value]) => after.get(key) !== value).map(([key]) => key)
    const fresh = [...after].filter(([key, value]) => before.get(key) !== value).map(([key, value]) => `${key} : ${value}`)
    return [...inLines(gone).map((some) => `delete element inet ${table} ${map} { ${some} }`), ...inLines(fresh).map((some) => addElements(table, map, some))]
  })
}

/** As a part of the map that is there already: for `add element` nft reads every element of it. */
function addElements(table: string, map: MapName, elements: string): string {
  return `add map inet ${table} ${map} { type ${MAPS[map]}; elements = { ${elements} }; }`
}

/** Takes away the endpoint of a leaf that is not in force any more. It may be there or not: adding what is there is no error, deleting what is not would be. */
export function forgetEndpoint(table: string, {target}: Leaf, mark: number): string {
  if (target.type !== 'endpoint') return ''
  const map = endpointMap(target.address)
  return `${addElements(table, map, `${hex(mark)} : ${target.address} . ${target.port}`)}\ndelete element inet ${table} ${map} { ${hex(mark)} }\n`
}

function inLines(items: readonly string[]): readonly string[] {
  return Array.from({length: Math.ceil(items.length / A_LINE)}, (_, line) => items.slice(line * A_LINE, (line + 1) * A_LINE).join(', '))
}

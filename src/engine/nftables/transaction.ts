import {type MapName, MAPS, type Ruleset} from './ruleset.js'

/** Beside the rules: who was drawn, who answered, who refused, and bytes by direction and length of the TCP header, so that headers can be taken off. */
export const COUNTING_SETS = {
  opened: {key: 'ct mark', size: 65_535},
  connected: {key: 'ct mark', size: 65_535},
  refused: {key: 'ct mark', size: 65_535},
  traffic: {key: 'ct mark . ct direction . tcp doff', size: 262_143},
} as const
export type CountingSet = keyof typeof COUNTING_SETS

/**
 * What `nft -f` is told to get from one ruleset to another: in one transaction, and only what differs. Without one before, the table is made anew, whatever
 * was left of it. Sets that count are not touched otherwise.
 */
export function transactionOf(table: string, before: Ruleset | undefined, after: Ruleset): string {
  const lines = before === undefined ? createTable(table) : []
  const from = before ?? NOTHING
  lines.push(...chainsBefore(table, from, after), ...elements(table, from, after), ...chainsAfter(table, from, after))
  return lines.map((line) => `${line}\n`).join('')
}

const NOTHING: Ruleset = {chains: new Map(), maps: {at4: new Map(), at6: new Map(), anywhere: new Map(), endpoints4: new Map(), endpoints6: new Map()}}
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
function chainsBefore(table: string, {chains: from}: Ruleset, {chains: to}: Ruleset): readonly string[] {
  const fresh = [...to].filter(([name]) => !from.has(name))
  const changed = [...to].filter(([name, {rules}]) => from.get(name)?.rules.join('\n') !== rules.join('\n'))
  return [
    ...fresh.map(([name, {hook}]) => `add chain inet ${table} ${name}${hook === undefined ? '' : ` { type ${hook}; policy accept; }`}`),
    ...changed.filter(([name]) => from.has(name)).map(([name]) => `flush chain inet ${table} ${name}`),
    ...changed.flatMap(([name, {rules}]) => rules.map((rule) => `add rule inet ${table} ${name} ${rule}`)),
  ]
}

/** Chains that are gone end last, when nothing leads to them any more. */
function chainsAfter(table: string, {chains: from}: Ruleset, {chains: to}: Ruleset): readonly string[] {
  const gone = [...from.keys()].filter((name) => !to.has(name))
  return [...gone.map((name) => `flush chain inet ${table} ${name}`), ...gone.map((name) => `delete chain inet ${table} ${name}`)]
}

function elements(table: string, from: Ruleset, to: Ruleset): readonly string[] {
  return (Object.keys(MAPS) as MapName[]).flatMap((map) => {
    const [before, after] = [from.maps[map], to.maps[map]]
    const gone = [...before].filter(([key, value]) => after.get(key) !== value).map(([key]) => key)
    const fresh = [...after].filter(([key, value]) => before.get(key) !== value).map(([key, value]) => `${key} : ${value}`)
    return [...inLines(gone).map((some) => `delete element inet ${table} ${map} { ${some} }`), ...inLines(fresh).map((some) => `add element inet ${table} ${map} { ${some} }`)]
  })
}

function inLines(items: readonly string[]): readonly string[] {
  return Array.from({length: Math.ceil(items.length / A_LINE)}, (_, line) => items.slice(line * A_LINE, (line + 1) * A_LINE).join(', '))
}

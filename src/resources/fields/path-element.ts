import {isJsonObject, type Json} from '../../api/object.js'
import type {ListRule} from '../list-rules.js'

/** The element of a list's item, e.g. `k:{"name":"a"}`; undefined where the item has not what the rule tells items apart by. */
export function itemElement(item: Json, rule: ListRule): string | undefined {
  if (rule.type === 'set') return `v:${JSON.stringify(item)}`
  if (rule.type !== 'map' || !isJsonObject(item)) return undefined
  const found = rule.keys.map((key) => [key, item[key] ?? rule.defaults[key]] as const).filter(([, value]) => value !== undefined)
  return found.length === 0 ? undefined : `k:${JSON.stringify(Object.fromEntries([...found].sort(([a], [b]) => (a < b ? -1 : 1))))}`
}

/** A list's items by their elements; undefined where one has none or two have the same, so that the list can only be taken whole. */
export function byElement(items: readonly Json[], rule: ListRule): ReadonlyMap<string, Json> | undefined {
  if (rule.type === 'atomic') return undefined
  const result = new Map<string, Json>()
  for (const item of items) {
    const element = itemElement(item, rule)
    if (element === undefined || result.has(element)) return undefined
    result.set(element, item)
  }
  return result
}

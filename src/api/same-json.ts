/** Whether two values are the same JSON: the order of keys and undefined members do not count. */
export function isSameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, index) => isSameJson(item, b[index]))
  return !Array.isArray(b) && hasSameMembers(a, b)
}

function hasSameMembers(a: object, b: object): boolean {
  const [left, right] = [membersOf(a), membersOf(b)]
  return left.length === right.length && left.every(([key, value]) => Object.hasOwn(b, key) && isSameJson(value, (b as Record<string, unknown>)[key]))
}

function membersOf(object: object): readonly [string, unknown][] {
  return Object.entries(object).filter(([, value]) => value !== undefined)
}

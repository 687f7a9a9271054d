/** The object with the defaults in the places that are absent. */
export function fill<T extends object, D extends object>(object: T, defaults: D): T & D {
  const missing = Object.entries(defaults).filter(([key]) => (object as Record<string, unknown>)[key] === undefined)
  return missing.length === 0 ? (object as T & D) : {...object, ...(Object.fromEntries(missing) as D)}
}

/** `change` applied to a field that is there; an absent one stays absent. */
export function mapField<T extends object, K extends keyof T>(object: T, key: K, change: (value: NonNullable<T[K]>) => T[K]): T {
  const value = object[key]
  return value === undefined || value === null ? object : {...object, [key]: change(value as NonNullable<T[K]>)}
}

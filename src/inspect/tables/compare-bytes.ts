/** Go's order of strings: by bytes, which for all names here is by code units. */
export function compareBytes(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

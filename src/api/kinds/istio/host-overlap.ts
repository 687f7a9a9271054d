/** Whether two host patterns have a name in common; a wildcard is a leading `*`. Source: istio `pkg/config/host` Name.Matches. */
export function hostsOverlap(a: string, b: string): boolean {
  const [isWildA, isWildB] = [a.startsWith('*'), b.startsWith('*')]
  if (isWildA && isWildB) return a.length < b.length ? b.slice(1).endsWith(a.slice(1)) : a.slice(1).endsWith(b.slice(1))
  if (isWildA) return b.endsWith(a.slice(1))
  return isWildB ? a.endsWith(b.slice(1)) : a === b
}

/** Whether `whole` covers every name of `part` (Name.SubsetOf). */
export function isHostSubset(part: string, whole: string): boolean {
  if (part.startsWith('*')) return whole.startsWith('*') && part.length >= whole.length && part.slice(1).endsWith(whole.slice(1))
  return whole.startsWith('*') ? part.endsWith(whole.slice(1)) : part === whole
}

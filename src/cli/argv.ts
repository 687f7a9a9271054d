/** Flags kubectl takes before the verb, with a value of their own. */
const HOISTED = new Set(['-n', '--namespace'])

/** Moves `-n NS` from before the verb to the end of the flags, where oclif looks for it: `tshift -n a get pods` → `tshift get pods -n a`. */
export function normalizeArgv(argv: readonly string[]): string[] {
  const leading: string[] = []
  let rest = [...argv]
  while (rest[0] !== undefined && isHoisted(rest[0])) {
    const count = rest[0].includes('=') ? 1 : 2
    leading.push(...rest.slice(0, count))
    rest = rest.slice(count)
  }
  const end = rest.indexOf('--')
  return end === -1 ? [...rest, ...leading] : [...rest.slice(0, end), ...leading, ...rest.slice(end)]
}

function isHoisted(word: string): boolean {
  return HOISTED.has(word) || word.startsWith('--namespace=')
}

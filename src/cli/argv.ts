/** Flags kubectl takes before the verb, with a value of their own. */
const HOISTED = new Set(['-n', '--namespace'])

/**
 * Makes kubectl's way of writing oclif's: `-n NS` before the verb goes behind it (`tshift -n a get pods` → `tshift get pods -n a`), and switches
 * lose their values (`--wait=false` → `--no-wait`). What follows `--` is left alone.
 */
export function normalizeArgv(argv: readonly string[]): string[] {
  const leading: string[] = []
  let rest = [...argv]
  while (rest[0] !== undefined && isHoisted(rest[0])) {
    const count = rest[0].includes('=') ? 1 : 2
    leading.push(...rest.slice(0, count))
    rest = rest.slice(count)
  }
  const end = rest.includes('--') ? rest.indexOf('--') : rest.length
  return [...rest.slice(0, end).flatMap(plainSwitch), ...leading, ...rest.slice(end)]
}

/** kubectl's switches take a value, `--wait=false`; oclif's do not. */
const SWITCHES = new Set([
  'all', 'all-namespaces', 'cached', 'client', 'color', 'follow', 'ignore-not-found', 'ignore-unknown', 'list', 'namespaced', 'no-headers',
  'overwrite', 'quiet', 'recursive', 'show-events', 'show-labels', 'stdin', 'timestamps', 'tty', 'use-kube', 'verbose', 'wait', 'watch',
  'watch-only',
])

/** Those that are on unless they are turned off. */
const NEGATED = new Set(['color', 'namespaced', 'show-events', 'use-kube', 'verbose', 'wait'])

function plainSwitch(word: string): readonly string[] {
  if (word === '-k=false') return ['--no-use-kube']
  const [, name = '', value] = /^--([a-z-]+)=(true|false)$/.exec(word) ?? []
  if (!SWITCHES.has(name)) return [word]
  if (value === 'true') return [`--${name}`]
  return NEGATED.has(name) ? [`--no-${name}`] : []
}

function isHoisted(word: string): boolean {
  return HOISTED.has(word) || word.startsWith('--namespace=')
}

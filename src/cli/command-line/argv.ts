import {CONNECTION_FLAGS, CONNECTION_SWITCHES} from './connection-flags.js'
import {goBoolean} from './go-boolean.js'

/** Flags kubectl takes before the verb, with a value of their own; `-v` alone asks for the version. */
const HOISTED = new Set(['-n', '--namespace', '-s', ...[...CONNECTION_FLAGS].filter((name) => name.length > 1).map((name) => `--${name}`)])
const HOISTED_SWITCHES = new Set([...CONNECTION_SWITCHES].map((name) => `--${name}`))

/**
 * Makes kubectl's way of writing oclif's: `-n NS` and what else any verb takes goes from before the verb behind it (`tshift -n a get pods` → `tshift
 * get pods -n a`), and switches lose their values (`--wait=false` → `--no-wait`). What follows `--` is left alone.
 */
export function normalizeArgv(argv: readonly string[]): string[] {
  const {leading, rest} = splitAtVerb(argv)
  const end = rest.includes('--') ? rest.indexOf('--') : rest.length
  const [verb = ''] = rest
  return [...rest.slice(0, end).flatMap((word) => plainSwitch(word, verb)), ...leading, ...rest.slice(end)]
}

/** What stands before the verb, and what begins with it. */
export function splitAtVerb(argv: readonly string[]): {readonly leading: readonly string[]; readonly rest: readonly string[]} {
  const leading: string[] = []
  let rest = [...argv]
  while (rest[0] !== undefined && isHoisted(rest[0])) {
    const count = rest[0].includes('=') || HOISTED_SWITCHES.has(rest[0]) ? 1 : 2
    leading.push(...rest.slice(0, count))
    rest = rest.slice(count)
  }
  return {leading, rest}
}

/** kubectl's switches take a value, `--wait=false`; oclif's do not. */
const SWITCHES = new Set([
  'all', 'all-containers', 'all-namespaces', 'all-pods', 'allow-missing-template-keys', 'append-hash', 'attach', 'cached', 'client', 'color', 'command',
  'containers', 'create-annotation', 'delete-emptydir-data', 'disable-eviction', 'edit', 'expose', 'follow', 'force', 'force-conflicts', 'global-default',
  'ignore-daemonsets', 'ignore-errors', 'ignore-not-found', 'ignore-unknown', 'interactive', 'leave-stdin-open', 'list', 'local', 'namespaced', 'no-headers',
  'no-preserve', 'no-replies', 'now', 'output-patch', 'output-watch-events', 'overwrite', 'prefix', 'previous', 'privileged', 'prune', 'quiet', 'recursive',
  'remove-extra-permissions', 'remove-extra-subjects', 'resolve', 'rm', 'save-config', 'server-print', 'server-side', 'set-raw-bytes', 'show-capacity',
  'show-events', 'show-kind', 'show-labels', 'show-managed-fields', 'show-swap', 'stdin', 'sum', 'timestamps', 'tty', 'use-kube', 'use-protocol-buffers',
  'verbose', 'wait', 'watch', 'watch-only', 'windows-line-endings',
])

/** Those that are on unless they are turned off. */
const NEGATED = new Set(['allow-missing-template-keys', 'color', 'namespaced', 'server-print', 'show-events', 'use-kube', 'use-protocol-buffers', 'verbose', 'wait'])

/** Verbs for which `--overwrite` is on. */
const OVERWRITING = new Set(['apply', 'set'])

/** Verbs for which `--watch` is on. */
const WATCHING = new Set(['rollout'])

/** The verb whose `--dry-run` is a switch. */
const DRY_RUN_SWITCH = 'shift'

/** Flags that may stand without their value. */
const BARE = new Map([
  ['--cascade', '--cascade=background'],
  ['--validate', '--validate=strict'],
])

function plainSwitch(word: string, verb: string): readonly string[] {
  const bare = BARE.get(word)
  if (bare !== undefined) return [bare]
  if (word === '-k=false') return ['--no-use-kube']
  if (word === '--dry-run' && verb !== DRY_RUN_SWITCH) return ['--dry-run=client'] // kubectl's older way to say it
  const [, name = '', value = ''] = /^--([a-z-]+)=(.*)$/.exec(word) ?? []
  const turnsOn = goBoolean(value)
  if (!SWITCHES.has(name) || turnsOn === undefined) return [word]
  if (turnsOn) return [`--${name}`]
  const isOn = NEGATED.has(name) || (name === 'overwrite' && OVERWRITING.has(verb)) || (name === 'watch' && WATCHING.has(verb))
  return isOn ? [`--no-${name}`] : []
}

function isHoisted(word: string): boolean {
  const [name = ''] = word.split('=')
  return HOISTED.has(name) || HOISTED_SWITCHES.has(name)
}

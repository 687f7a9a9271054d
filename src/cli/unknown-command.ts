import {unknownFlag} from './usage-failure.js'

const FARTHEST = 2

/** kubectl's commands as it puts them together, which is the order it suggests them in. Source: kubectl `cmd.go` `NewKubectlCommand`. */
const ORDER = [
  ...['create', 'expose', 'run', 'set', 'explain', 'get', 'edit', 'delete', 'rollout', 'scale', 'autoscale'],
  ...['certificate', 'cluster-info', 'top', 'cordon', 'uncordon', 'drain', 'taint', 'describe', 'logs', 'attach', 'exec', 'port-forward', 'proxy', 'cp'],
  ...['auth', 'debug', 'events', 'diff', 'apply', 'patch', 'replace', 'wait', 'kustomize', 'label', 'annotate', 'completion'],
  ...['api-resources', 'api-versions', 'config', 'plugin', 'version', 'options'],
]

/**
 * What is said of a command there is not; `id` is oclif's (`gateway:foo`), `names` the first words of all commands; those kubectl does not have are suggested
 * last. Source: cobra, kubectl `cmd.go`.
 */
export function unknownCommandText(id: string, names: readonly string[]): string {
  const words = id.split(':')
  const unknown = words.at(-1) ?? ''
  if (words.length > 1) return `error: unknown command "${unknown}"\nSee 'tshift ${words.slice(0, -1).join(' ')} -h' for help and examples`
  if (unknown.startsWith('-')) return `error: ${unknownFlag(unknown)}\nSee 'tshift --help' for usage.`
  const near = [...new Set(names)].sort(byPlace).filter((name) => isNear(unknown.toLowerCase(), name.toLowerCase()))
  const suggestions = near.length === 0 ? '' : `\n\nDid you mean this?\n${near.map((name) => `\t${name}`).join('\n')}`
  return `error: unknown command "${unknown}" for "tshift"${suggestions}`
}

/** `id` up to the first word with which no command goes on: `pc:foo:bar` is `pc:foo` where there is no `pc foo`. `ids` are those of all commands. */
export function untilUnknown(id: string, ids: readonly string[]): string {
  const words = id.split(':')
  const isKnown = (start: string) => ids.some((known) => known === start || known.startsWith(`${start}:`))
  const unknown = words.findIndex((_, index) => !isKnown(words.slice(0, index + 1).join(':')))
  return unknown === -1 ? id : words.slice(0, unknown + 1).join(':')
}

function byPlace(left: string, right: string): number {
  const placeOf = (name: string) => (ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length)
  return placeOf(left) - placeOf(right) || (left < right ? -1 : 1)
}

function isNear(word: string, name: string): boolean {
  return name.startsWith(word) || distance(word, name) <= FARTHEST
}

/** How many characters have to be put in, left out or replaced to make one word of the other (Levenshtein). */
function distance(from: string, to: string): number {
  let row = Array.from({length: to.length + 1}, (_, index) => index)
  for (let at = 1; at <= from.length; at++) {
    const next = [at]
    for (let index = 1; index <= to.length; index++) {
      const replaced = (row[index - 1] ?? 0) + (from[at - 1] === to[index - 1] ? 0 : 1)
      next.push(Math.min(replaced, (row[index] ?? 0) + 1, (next[index - 1] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}

/** Flags of kubectl that say how to reach a cluster and as whom; all take a value. Source: `kubectl options`. */
export const CONNECTION_FLAGS: ReadonlySet<string> = new Set([
  'as', 'as-group', 'as-uid', 'as-user-extra', 'cache-dir', 'certificate-authority', 'client-certificate', 'client-key', 'cluster', 'context', 'kubeconfig',
  'kuberc', 'log-flush-frequency', 'password', 'profile', 'profile-output', 'request-timeout', 's', 'server', 'tls-server-name', 'token', 'user', 'username',
  'v', 'vmodule',
])

/** Those that are switches. */
export const CONNECTION_SWITCHES: ReadonlySet<string> = new Set([
  'disable-compression',
  'insecure-skip-tls-verify',
  'match-server-version',
  'warnings-as-errors',
])

/** What a command line says besides how to reach the cluster, and the context it names, the last one if it names several. */
export interface Unconnected {
  readonly words: readonly string[]
  readonly context?: string
}

/**
 * Takes out the flags that say how to reach a cluster, which is always the one of this home: scripts that give them work as they are. A flag the
 * command has itself (`own`, names and letters) stays, as does what follows `--`.
 */
export function withoutConnection(words: readonly string[], own: ReadonlySet<string>): Unconnected {
  const end = words.includes('--') ? words.indexOf('--') : words.length
  const kept: string[] = []
  let context: string | undefined
  for (let at = 0; at < end; at++) {
    const word = words[at] ?? ''
    const [, name = '', value] = /^--?([a-z-]+)(?:=(.*))?$/s.exec(word) ?? []
    const isKnown = name.length === 1 ? !word.startsWith('--') || name === 'v' : word.startsWith('--')
    if (isKnown && CONNECTION_SWITCHES.has(name)) continue
    if (!isKnown || own.has(name) || !CONNECTION_FLAGS.has(name) || (value === undefined && at + 1 >= end)) {
      kept.push(word)
      continue
    }
    if (name === 'context') context = value ?? words[at + 1]
    if (value === undefined) at++
  }
  return {words: [...kept, ...words.slice(end)], ...(context === undefined ? {} : {context})}
}

import type {Interfaces} from '@oclif/core'

/**
 * The words without the flags that a later one of the same name outdoes, as with pflag, where `alias k='kubectl -n a'` lets `k get -n b pods` mean b;
 * oclif refuses them. Flags that may be repeated stay, as does what follows `--`.
 */
export function lastOfEach(words: readonly string[], flags: Interfaces.FlagInput): readonly string[] {
  const end = words.includes('--') ? words.indexOf('--') : words.length
  const names = singleFlags(flags)
  const given = new Map<string, readonly number[]>()
  const outdone = new Set<number>()
  for (let at = 0; at < end; at++) {
    const [, word = '', rest = ''] = /^(--[a-z][\w-]*|-[A-Za-z])(.*)$/s.exec(words[at] ?? '') ?? []
    const name = names.get(word)
    if (name === undefined) continue
    const places = rest === '' ? [at, ++at] : [at]
    given.get(name)?.forEach((place) => outdone.add(place))
    given.set(name, places)
  }
  return outdone.size === 0 ? words : words.filter((_, at) => !outdone.has(at))
}

/** `--namespace` and `-n` → namespace, for all flags that have one value. */
function singleFlags(flags: Interfaces.FlagInput): ReadonlyMap<string, string> {
  const single = Object.entries(flags).filter(([, flag]) => flag.type === 'option' && !flag.multiple)
  return new Map(single.flatMap(([name, {char}]) => [[`--${name}`, name] as const, ...(char === undefined ? [] : [[`-${char}`, name] as const])]))
}

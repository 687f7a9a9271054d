import {lookup as systemLookup, type LookupAddress, type LookupOptions} from 'node:dns'
import type {LookupFunction} from 'node:net'

/** Asks for a name once and gives every connection of a probe the same answer: the probe measures the target, not the resolver. */
export function cachedLookup(lookup: typeof systemLookup = systemLookup): LookupFunction {
  const answers = new Map<string, Promise<readonly LookupAddress[]>>()

  function ask(name: string, options: LookupOptions): Promise<readonly LookupAddress[]> {
    return new Promise((resolve, reject) => {
      lookup(name, {...options, all: true}, (error, addresses) => (error === null ? resolve(addresses) : reject(error)))
    })
  }

  return (name, options, callback) => {
    const key = `${name} ${options.family ?? 0}`
    const answer = answers.get(key) ?? ask(name, options)
    answers.set(key, answer)
    answer.then(
      (addresses) => (options.all === true ? callback(null, [...addresses]) : callback(null, addresses[0]?.address ?? '', addresses[0]?.family)),
      (error: NodeJS.ErrnoException) => callback(error, ''),
    )
  }
}

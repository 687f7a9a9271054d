import {isIP} from 'node:net'
import {UserError} from '../../base/user-error.js'

/** A local address to listen on. Of `localhost`'s two, one is enough. */
export interface ListenAddress {
  readonly address: string
  readonly isOptional: boolean
}

/** `--address`: IP addresses and `localhost`, once each, in order. Throws a UserError in kubectl's words. Source: client-go `portforward.parseAddresses`. */
export function parseAddresses(words: readonly string[]): readonly ListenAddress[] {
  const parsed = new Map<string, ListenAddress>()
  for (const word of words.flatMap((list) => list.split(','))) {
    if (word !== 'localhost' && isIP(word) === 0) throw new UserError(`${word} is not a valid IP`)
    const isOptional = word === 'localhost'
    for (const address of isOptional ? ['127.0.0.1', '::1'] : [word]) {
      if (!parsed.has(address) || !isOptional) parsed.set(address, {address, isOptional})
    }
  }
  return [...parsed.values()].sort((a, b) => (a.address < b.address ? -1 : 1))
}

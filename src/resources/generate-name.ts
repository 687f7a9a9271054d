import {randomInt} from 'node:crypto'
import type {KubeObject} from '../api/object.js'

/** Letters and digits from which no word can come (apimachinery `rand.SafeEncodeString`). */
const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789'
const SUFFIX_LENGTH = 5

/** Gives an object with `generateName` and no name one of its own. */
export function generateName<T extends KubeObject>(object: T): T {
  const {name, generateName: prefix} = object.metadata
  if ((name !== undefined && name !== '') || prefix === undefined) return object
  return {...object, metadata: {...object.metadata, name: prefix + randomSuffix()}}
}

/** Letters and digits from Kubernetes' alphabet, which has no vowels. Source: apimachinery `util/rand`. */
export function randomSuffix(length = SUFFIX_LENGTH): string {
  return Array.from({length}, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
}

/** A number written with the same alphabet, as ReplicaSet names carry their template's hash. */
export function safeEncode(value: number): string {
  return [...String(value)].map((char) => ALPHABET[char.charCodeAt(0) % ALPHABET.length]).join('')
}

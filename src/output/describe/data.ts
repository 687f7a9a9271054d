import {eventLines} from './events.js'
import {labelLines, nameLines} from './metadata.js'
import type {Describer} from './surroundings.js'

/** Values are shown. Source: kubectl `ConfigMapDescriber`, which takes the keys in any order. */
export const configMapDescriber: Describer = {
  describe: (map, surroundings) => [
    ...nameLines(map),
    ...labelLines(map),
    '',
    'Data',
    '====',
    ...map.pairs('data').flatMap(([key, value]) => [`${key}:`, '----', value, '']),
    '',
    'BinaryData',
    '====',
    ...map.pairs('binaryData').map(([key, value]) => `${key}: ${decodedLength(value)} bytes`),
    '',
    ...eventLines(surroundings),
  ],
}

const TOKEN_TYPE = 'kubernetes.io/service-account-token'

/** Sizes are shown, values are not, but for an account's token. Source: kubectl `describeSecret`. */
export const secretDescriber: Describer = {
  describe: (secret) => [
    ...nameLines(secret),
    ...labelLines(secret),
    '',
    `Type:\t${secret.text('type')}`,
    '',
    'Data',
    '====',
    ...secret.pairs('data').map(([key, value]) => {
      const isToken = key === 'token' && secret.text('type') === TOKEN_TYPE
      return `${key}:\t${isToken ? decoded(value) : `${decodedLength(value)} bytes`}`
    }),
  ],
}

function decodedLength(base64: string): number {
  return decoded(base64).length
}

/** Bytes as characters; what is no base64 is given back. */
function decoded(base64: string): string {
  try {
    return atob(base64)
  } catch {
    return base64 // stored before anyone looked at it
  }
}

/** Source: kubectl `describeServiceAccount`. */
export const serviceAccountDescriber: Describer = {
  describe: (account, surroundings) => {
    const [first = '<none>', ...others] = account.items('imagePullSecrets').map((secret) => secret.text('name'))
    const title = 'Image pull secrets:'
    const secretLines = [`${title}\t${first}`, ...others.map((name) => `${' '.repeat(title.length)}\t${name}`)]
    return [...nameLines(account), ...labelLines(account), ...secretLines, ...eventLines(surroundings)]
  },
}

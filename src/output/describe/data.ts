import {eventLines} from './events.js'
import type {Fields} from './fields.js'
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
  needs: ['secrets'],
  describe: (account, surroundings) => {
    const secrets = surroundings.neighbours.secrets ?? []
    const names = (items: readonly Fields[]) => items.map((item) => item.text('name'))
    const tokens = secrets.filter((secret) => isTokenOf(secret, account)).map((secret) => secret.text('metadata.name'))
    const known = new Set(secrets.map((secret) => secret.text('metadata.name')))
    return [
      ...nameLines(account),
      ...labelLines(account),
      ...secretLines('Image pull secrets:', names(account.items('imagePullSecrets')), known),
      ...secretLines('Mountable secrets: ', names(account.items('secrets')), known),
      ...secretLines('Tokens:            ', tokens, known),
      ...eventLines(surroundings),
    ]
  },
}

function isTokenOf(secret: Fields, account: Fields): boolean {
  const annotations = new Map(secret.pairs('metadata.annotations'))
  return (
    secret.text('type') === TOKEN_TYPE &&
    annotations.get('kubernetes.io/service-account.name') === account.text('metadata.name') &&
    annotations.get('kubernetes.io/service-account.uid') === account.text('metadata.uid')
  )
}

function secretLines(header: string, names: readonly string[], known: ReadonlySet<string>): readonly string[] {
  if (names.length === 0) return [`${header}\t<none>`]
  return names.map((name, index) => `${index === 0 ? header : ' '.repeat(header.length)}\t${name}${known.has(name) ? '' : ' (not found)'}`)
}

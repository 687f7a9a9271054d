import {createHash} from 'node:crypto'
import type {KubeObject} from '../../api/object.js'
import {formatCompactJson} from '../../output/json.js'

/** Hex digits that could spell words, and the letters put in their place. */
const SAFE: Readonly<Record<string, string>> = {'0': 'g', '1': 'h', '3': 'k', a: 'm', e: 't'}
const LENGTH = 10

interface Contents extends KubeObject {
  readonly type?: string
  readonly data?: Readonly<Record<string, string>>
  readonly binaryData?: Readonly<Record<string, string>>
}

/** The ConfigMap or Secret with a hash of its contents behind its name, so that other contents make another name. Source: kubectl `pkg/util/hash`. */
export function withNameHash<T extends Contents>(object: T): T {
  const {kind, type, metadata, data = {}, binaryData} = object
  const content =
    kind === 'Secret'
      ? {kind, type: type ?? '', name: metadata.name, data}
      : {kind, name: metadata.name, data, ...(binaryData === undefined ? {} : {binaryData})}
  const hex = createHash('sha256').update(formatCompactJson(content)).digest('hex')
  const hash = [...hex.slice(0, LENGTH)].map((digit) => SAFE[digit] ?? digit).join('')
  return {...object, metadata: {...metadata, name: `${metadata.name}-${hash}`}}
}

import path from 'node:path'
import {UserError} from '../base/user-error.js'
import {openLmdbStore} from './lmdb.js'
import {memoryStore} from './memory.js'
import type {Store} from './store.js'

/** Opens the store that `url` names: `memory:`, or `lmdb:<directory>`. Throws UserError for anything else and where the directory cannot be used. */
export async function openStore(url: string): Promise<Store> {
  const [scheme, rest] = split(url)
  if (scheme === 'memory' && rest === '') return memoryStore()
  if (scheme === 'lmdb' && rest !== '') return openLmdbStore({directory: path.resolve(rest)})
  throw new UserError(`cannot open the state store "${url}": it is neither lmdb:<directory> nor memory:`, {hint: 'give, for example, lmdb:./state'})
}

function split(url: string): [scheme: string, rest: string] {
  const colon = url.indexOf(':')
  return colon === -1 ? ['', url] : [url.slice(0, colon), url.slice(colon + 1)]
}

import {isJsonObject, type Json} from '../../api/object.js'
import {StatusError} from '../../api/status-error.js'
import type {Patch} from './patch-object.js'

const STRICT = 'strict decoding error: '

/**
 * Unknown fields that come with a patch are the patch's fault: Invalid, naming it, instead of the BadRequest that a whole object gets
 * (apiserver `patch.go`: strategic merge patches are shown as Go prints maps, others as their text).
 */
export async function strictInPatch<R>({type, body}: Patch, write: () => Promise<R>): Promise<R> {
  try {
    return await write()
  } catch (error) {
    if (!(error instanceof StatusError) || error.reason !== 'BadRequest' || !error.message.includes(STRICT)) throw error
    const value = JSON.stringify(type === 'strategic' ? goMap(body) : JSON.stringify(body))
    const message = `Invalid value: ${value}: ${error.message.slice(error.message.indexOf(STRICT))}`
    throw new StatusError('Invalid', ` "" is invalid: patch: ${message}`, {causes: [{reason: 'FieldValueInvalid', field: 'patch', message}]})
  }
}

/** A value as Go's `%v` prints it: `map[a:1 b:[x y]]`, keys sorted. */
function goMap(value: Json | undefined): string {
  if (Array.isArray(value)) return `[${value.map((item: Json) => goMap(item)).join(' ')}]`
  if (!isJsonObject(value)) return value === null || value === undefined ? '<nil>' : String(value)
  return `map[${Object.keys(value).sort().map((key) => `${key}:${goMap(value[key])}`).join(' ')}]`
}

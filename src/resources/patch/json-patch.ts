import fastJsonPatch, {type Operation} from 'fast-json-patch'
import {isJsonObject, type Json} from '../../api/object.js'
import {StatusError} from '../../api/status-error.js'

const OPERATIONS = new Set(['add', 'remove', 'replace', 'move', 'copy', 'test'])
const MOST_OPERATIONS = 10_000

/** What a JSON patch (RFC 6902) makes of an object. Throws BadRequest for what is no patch, Invalid for one that does not fit the object. */
export function applyJsonPatch(target: Json, patch: Json): Json {
  if (!Array.isArray(patch)) throw badPatch(`json: cannot unmarshal ${isJsonObject(patch) ? 'object' : typeof patch} into Go value of type jsonpatch.Patch`)
  if (patch.length > MOST_OPERATIONS) throw badPatch(`the allowed maximum operations in a JSON patch is ${MOST_OPERATIONS}, got ${patch.length}`)
  const operations = patch as readonly Json[]
  if (!operations.every(isOperation)) throw rejected()
  try {
    // the library refuses paths through __proto__ and constructor by itself
    const copy = structuredClone(operations) as unknown as Operation[]
    return fastJsonPatch.applyPatch(structuredClone(target), copy, true, true, true).newDocument
  } catch {
    throw rejected() // what exactly did not fit is kept from clients by the API server too
  }
}

function isOperation(value: Json): boolean {
  return isJsonObject(value) && typeof value['path'] === 'string' && typeof value['op'] === 'string' && OPERATIONS.has(value['op'])
}

function badPatch(message: string): StatusError {
  return new StatusError('BadRequest', message)
}

function rejected(): StatusError {
  return new StatusError('Invalid', 'the server rejected our request due to an error in our request')
}

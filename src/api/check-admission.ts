import {protoMessage} from './kinds/istio/proto-message.js'
import type {JsonObject, KubeObject} from './object.js'
import type {Admission, ResourceType} from './resource-type.js'
import {customErrors} from './schema/custom-errors.js'
import {prune} from './schema/prune.js'

const NOTHING: Admission = {errors: [], warnings: []}

/** istiod's verdict. What its decoder does not take is named alone, as there. Kinds it has no word on are fine. */
export function checkAdmission(type: ResourceType, written: KubeObject): Admission {
  if (type.admit === undefined) return NOTHING
  const {value, unknown} = prune(type.schema, written as unknown as JsonObject)
  const undecodable = unknownField(written, unknown) ?? wrongValue(type, value)
  if (undecodable !== undefined) return {errors: [undecodable], warnings: []}
  const object = value as unknown as KubeObject
  return type.admit({...object, metadata: {...object.metadata, name: object.metadata?.name ?? ''}})
}

/** As protobuf's JSON decoder says it of the first field it does not know, and istioctl of one beside the spec. */
function unknownField({kind}: KubeObject, unknown: readonly string[]): string | undefined {
  const [first] = [...unknown].sort()
  if (first === undefined) return undefined
  const dot = first.lastIndexOf('.')
  const field = `unknown field ${JSON.stringify(first.slice(dot + 1))}`
  return first.startsWith('spec.') ? `${field} in v1alpha3.${protoMessage(kind, first.slice('spec.'.length, Math.max(dot, 'spec.'.length)))}` : field
}

/** The first value of a wrong type, or outside its enumeration. */
function wrongValue({schema}: ResourceType, value: JsonObject): string | undefined {
  const wrong = customErrors(schema, value).find(({reason}) => reason === 'FieldValueTypeInvalid' || reason === 'FieldValueNotSupported')
  return wrong === undefined ? undefined : `${wrong.field}: ${wrong.message}`
}

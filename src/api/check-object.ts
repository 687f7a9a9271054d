import {invalidObject} from './field-error.js'
import {protoMessage} from './kinds/istio/proto-message.js'
import type {JsonObject, KubeObject} from './object.js'
import type {Admission, ResourceType} from './resource-type.js'
import {customErrors} from './schema/custom-errors.js'
import {decodeObject} from './schema/decode.js'
import {prune} from './schema/prune.js'
import {StatusError} from './status-error.js'

const NOTHING: Admission = {errors: [], warnings: []}

/** What the two judges of an object say of it, without a store. */
export interface ObjectCheck {
  /** The API server's refusal: fields that do not exist, the schema, the rules of the CRD or of the kind. */
  readonly refusal?: StatusError
  /** istiod's own verdict, which does not ask the API server's: this is all that `istioctl validate` and `analyze` look at. */
  readonly admission: Admission
}

/** Judges an object as someone wrote it, in any version. Total: it throws on no object that has a version, a kind and a metadata. */
export function checkObject(type: ResourceType, written: KubeObject): ObjectCheck {
  const refusal = refusalOf(type, written)
  return {admission: checkAdmission(type, written), ...(refusal === undefined ? {} : {refusal})}
}

/** What the API server would refuse, before it asks istiod; undefined where it would not. An object without a namespace goes to `default`. */
export function refusalOf(type: ResourceType, written: KubeObject): StatusError | undefined {
  try {
    const {object} = decodeObject(type, written)
    const errors = type.validate(type.defaults(type.namespaced ? inNamespace(object) : object))
    return errors.length === 0 ? undefined : invalidObject(type, object.metadata.name ?? '', errors)
  } catch (error) {
    if (error instanceof StatusError) return error
    throw error
  }
}

/** istiod's verdict. What its decoder does not take is named alone, as there. Kinds it has no word on are fine. */
export function checkAdmission(type: ResourceType, written: KubeObject): Admission {
  if (type.admit === undefined) return NOTHING
  const {value, unknown} = prune(type.schema, written as unknown as JsonObject)
  const undecodable = unknownField(written, unknown) ?? wrongValue(type, value)
  if (undecodable !== undefined) return {errors: [undecodable], warnings: []}
  const object = value as unknown as KubeObject
  return type.admit({...object, metadata: {...object.metadata, name: object.metadata?.name ?? ''}})
}

function inNamespace(object: KubeObject): KubeObject {
  return object.metadata?.namespace === undefined ? {...object, metadata: {...object.metadata, namespace: 'default'}} : object
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

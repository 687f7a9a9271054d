import {checkAdmission} from '../../src/api/check-admission.js'
import {invalidObject} from '../../src/api/field-error.js'
import type {KubeObject} from '../../src/api/object.js'
import type {Admission, ResourceType} from '../../src/api/resource-type.js'
import {decodeObject} from '../../src/api/schema/decode.js'
import {StatusError} from '../../src/api/status-error.js'

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

function inNamespace(object: KubeObject): KubeObject {
  return object.metadata?.namespace === undefined ? {...object, metadata: {...object.metadata, namespace: 'default'}} : object
}

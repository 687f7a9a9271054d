import {formatMultiError} from '../../api/multi-error.js'
import type {KubeObject} from '../../api/object.js'
import type {ResourceType} from '../../api/resource-type.js'
import {StatusError} from '../../api/status-error.js'

/** Istio's validating webhook: throws its refusal, returns its warnings (istio webhooks/validation/server). */
export function askWebhook(type: ResourceType, object: KubeObject): readonly string[] {
  if (type.admit === undefined) return []
  const {errors, warnings, isList} = type.admit(object)
  if (errors.length === 0) return warnings
  throw new StatusError('', `admission webhook "validation.istio.io" denied the request: configuration is invalid: ${formatMultiError(errors, isList)}`)
}

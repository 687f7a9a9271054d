import {invalidObject} from '../../api/field-error.js'
import type {KubeObject} from '../../api/object.js'
import type {ResourceType} from '../../api/resource-type.js'
import {isSameJson} from '../../api/same-json.js'
import {decodeObject} from '../../api/schema/decode.js'
import type {Resources} from '../resources.js'
import type {WriteOptions} from '../write-options.js'
import {allocateServiceAddresses} from './service-addresses.js'
import {injectIntoPod} from './inject-pod.js'
import {requireNamespace} from './require-namespace.js'
import {askWebhook} from './webhook.js'

export interface Admitted {
  readonly object: KubeObject
  readonly warnings: readonly string[]
}

/**
 * Takes an object as someone wrote it to the object that may be stored: decode strictly, default, mutate (addresses, sidecar), validate,
 * ask the webhook — the API server's order. Throws the first stage's refusal.
 */
export async function admit(
  resources: Resources,
  type: ResourceType,
  written: KubeObject,
  previous: KubeObject | undefined,
  options: WriteOptions,
): Promise<Admitted> {
  const decoded = decodeObject(type, written, options.fieldValidation ?? 'Strict')
  const namespaced = type.namespaced ? inNamespace(decoded.object) : decoded.object
  if (previous === undefined) await requireNamespace(resources, type, namespaced)
  const defaulted = type.defaults(namespaced)
  const mutated = await mutate(resources, type, defaulted, previous)
  const errors = type.validate(mutated, previous)
  if (errors.length > 0) throw invalidObject(type, mutated.metadata.name ?? '', errors)
  return {object: mutated, warnings: [...decoded.warnings, ...askWebhook(type, mutated), ...withoutEffect(type, mutated, previous)]}
}

/** Said when an object comes or changes, not when it is labelled. */
function withoutEffect(type: ResourceType, object: KubeObject, previous: KubeObject | undefined): readonly string[] {
  const isTold = previous !== undefined && isSameJson({...previous, metadata: {}}, {...object, metadata: {}})
  return isTold ? [] : (type.withoutEffect?.(object) ?? [])
}

async function mutate(resources: Resources, type: ResourceType, object: KubeObject, previous: KubeObject | undefined): Promise<KubeObject> {
  if (type.group !== '') return object
  if (type.kind === 'Service') return allocateServiceAddresses(resources, object, previous)
  if (type.kind === 'Pod' && previous === undefined) return injectIntoPod(resources, object)
  return object
}

function inNamespace(object: KubeObject): KubeObject {
  return object.metadata?.namespace === undefined ? {...object, metadata: {...object.metadata, namespace: 'default'}} : object
}

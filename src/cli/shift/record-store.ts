import {configMapType, type ConfigMap} from '../../api/kinds/config-map.js'
import {parseSelector} from '../../api/labels.js'
import {isAlreadyExists, isExpired} from '../../api/status-error.js'
import type {Resources} from '../../resources/resources.js'
import {decodeRecord, encodeRecord, recordName, SHIFT_LABEL, shiftedObjectOf, type ShiftRecord} from '../../shift/record.js'
import type {ShiftedObject} from '../../shift/shifted-object.js'
import {BY_SHIFT} from './field-manager.js'

/** The VirtualService or TCPRoute whose shifts are meant. */
export interface ShiftRef extends ShiftedObject {
  readonly namespace: string
}

const EMPTY: ShiftRecord = {history: []}

/** What is kept of the shifts of an object; nothing is an empty record. */
export async function readRecord(resources: Resources, ref: ShiftRef): Promise<ShiftRecord> {
  const {namespace} = ref
  const name = recordName(ref)
  const found = await resources.find<ConfigMap>(configMapType, namespace, name)
  return found === undefined ? EMPTY : decodeRecord(found.data, name)
}

/** Reads, changes and writes back in one step: others see all of it or nothing. `change` may be called more than once, or throw to change nothing. */
export async function changeRecord(resources: Resources, ref: ShiftRef, change: (record: ShiftRecord) => ShiftRecord): Promise<ShiftRecord> {
  const {namespace} = ref
  const name = recordName(ref)
  const changed = (found: ConfigMap): ConfigMap => ({...found, data: encodeRecord(change(decodeRecord(found.data, name)))})
  if ((await resources.find(configMapType, namespace, name)) === undefined) {
    const fresh: ConfigMap = {apiVersion: 'v1', kind: 'ConfigMap', metadata: {name, namespace, labels: {[SHIFT_LABEL]: 'true'}}}
    try {
      const {object} = await resources.create(changed(fresh), BY_SHIFT)
      return decodeRecord(object.data, name)
    } catch (error) {
      if (!isAlreadyExists(error)) throw error
    }
  }
  const {object} = await resources.mutate(configMapType, {namespace, name}, changed, BY_SHIFT)
  return decodeRecord(object.data, name)
}

/** The objects of which shifts are kept, in one namespace. */
export async function shiftedObjects(resources: Resources, namespace: string): Promise<readonly ShiftedObject[]> {
  const {items} = await resources.list<ConfigMap>(configMapType, {namespace, selector: parseSelector(SHIFT_LABEL)})
  return items.map(({metadata}) => shiftedObjectOf(metadata.name))
}

/** The record now, and again after every change, until `signal` aborts. */
export async function* watchRecord(resources: Resources, ref: ShiftRef, signal: AbortSignal): AsyncIterable<ShiftRecord> {
  const name = recordName(ref)
  while (!signal.aborted) {
    const {resourceVersion} = await resources.list<ConfigMap>(configMapType, {namespace: ref.namespace})
    yield await readRecord(resources, ref)
    try {
      for await (const events of resources.watch<ConfigMap>(configMapType, resourceVersion, {namespace: ref.namespace, signal})) {
        const last = events.findLast(({object}) => object.metadata.name === name)
        if (last !== undefined) yield last.type === 'deleted' ? EMPTY : decodeRecord(last.object.data, name)
      }
    } catch (error) {
      if (!isExpired(error)) throw error
    }
  }
}

import {isJsonObject, type Json} from '../object.js'

/** An object and where it stands in its document. */
export interface ListItem {
  readonly value: Json
  readonly path: readonly (string | number)[]
}

/**
 * The objects of a document: itself, or the `items` of a list and of lists within. Items of a list with a kind of their own, such as
 * PodList, may leave out what the list says. Source: apimachinery `unstructured/helpers.go` `decodeToList`.
 */
export function expandList(value: Json, path: ListItem['path'] = []): readonly ListItem[] {
  if (!isJsonObject(value) || !Array.isArray(value.items)) return [{value, path}]
  const {kind, apiVersion} = value
  const itemKind = typeof kind === 'string' && kind !== 'List' && kind.endsWith('List') ? kind.slice(0, -'List'.length) : undefined
  return value.items.flatMap((item: Json, index) => {
    const lacksType = itemKind !== undefined && isJsonObject(item) && item.kind === undefined
    return expandList(lacksType ? {apiVersion, kind: itemKind, ...item} : item, [...path, 'items', index])
  })
}

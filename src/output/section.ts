import type {KubeObject} from '../api/object.js'
import type {ResourceType} from '../api/resource-type.js'

/** What of a resource type printing needs. */
export type PrintedType = Pick<ResourceType, 'group' | 'kind' | 'columns'> & Partial<Pick<ResourceType, 'namespaced'>>

/** Objects of one type, in the order they are shown. */
export interface Section {
  readonly type: PrintedType
  readonly objects: readonly KubeObject[]
}

import type {KubeObject} from '../../api/object.js'

export interface EndpointSlice extends KubeObject {
  readonly addressType?: string
  readonly endpoints?: readonly SliceEndpoint[] | null
  readonly ports?: readonly {readonly name?: string; readonly port?: number; readonly protocol?: string}[] | null
}

export interface SliceEndpoint {
  readonly addresses: readonly string[]
  readonly conditions?: {readonly ready?: boolean; readonly serving?: boolean; readonly terminating?: boolean}
  readonly targetRef?: {readonly kind?: string; readonly namespace?: string; readonly name?: string}
}

import type {KubeObject} from '../../api/object.js'
import type {ObjectRef} from './k8s-gateway.js'

/** A TCPRoute, or a TLSRoute (which has `hostnames`). */
export interface L4Route extends KubeObject {
  readonly spec?: {
    readonly parentRefs?: readonly ParentRef[]
    readonly hostnames?: readonly string[]
    readonly rules?: readonly {readonly name?: string; readonly backendRefs?: readonly BackendRef[]}[]
  }
}

export interface ParentRef extends ObjectRef {
  readonly sectionName?: string
  readonly port?: number
}

export interface BackendRef extends ObjectRef {
  readonly port?: number
  /** Absent is 1. */
  readonly weight?: number
}

export interface ReferenceGrant extends KubeObject {
  readonly spec?: {
    readonly from?: readonly {readonly group: string; readonly kind: string; readonly namespace: string}[]
    readonly to?: readonly {readonly group: string; readonly kind: string; readonly name?: string}[]
  }
}

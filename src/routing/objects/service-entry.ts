import type {Labels} from '../../api/labels.js'
import type {KubeObject} from '../../api/object.js'

export interface ServiceEntry extends KubeObject {
  readonly spec?: {
    readonly hosts?: readonly string[]
    readonly addresses?: readonly string[]
    readonly ports?: readonly {readonly number?: number; readonly name?: string; readonly protocol?: string; readonly targetPort?: number}[]
    readonly location?: string
    readonly resolution?: string
    readonly endpoints?: readonly WorkloadSpec[]
    readonly workloadSelector?: {readonly labels?: Labels}
    readonly subjectAltNames?: readonly string[]
    readonly exportTo?: readonly string[]
  }
  /** What was allotted to the hosts of one that names no addresses. */
  readonly status?: {readonly addresses?: readonly {readonly host?: string; readonly value?: string}[]}
}

export interface WorkloadSpec {
  /** An IP address, a host name, or `unix:///path`. */
  readonly address?: string
  readonly ports?: Readonly<Record<string, number>>
  readonly labels?: Labels
  readonly weight?: number
}

export interface WorkloadEntry extends KubeObject {
  readonly spec?: WorkloadSpec
}

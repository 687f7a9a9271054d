import type {Labels} from '../../api/labels.js'
import type {KubeObject} from '../../api/object.js'

export interface Service extends KubeObject {
  readonly spec?: {
    readonly type?: string
    readonly selector?: Labels
    readonly externalName?: string
    readonly clusterIP?: string
    readonly publishNotReadyAddresses?: boolean
    readonly ports?: readonly ServicePort[]
  }
  readonly status?: {readonly loadBalancer?: {readonly ingress?: readonly {readonly ip?: string; readonly hostname?: string}[]}}
}

export interface ServicePort {
  readonly name?: string
  readonly port: number
  readonly targetPort?: number | string
  readonly nodePort?: number
  readonly protocol?: string
  readonly appProtocol?: string
}

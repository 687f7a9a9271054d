import type {Labels, LabelSelector} from '../../api/labels.js'
import type {KubeObject} from '../../api/object.js'

export interface GatewayClass extends KubeObject {
  readonly spec?: {readonly controllerName?: string}
}

export interface K8sGateway extends KubeObject {
  readonly spec?: {
    readonly gatewayClassName?: string
    readonly addresses?: readonly {readonly type?: string; readonly value?: string}[]
    readonly listeners?: readonly K8sListener[]
    /** For what is deployed for a managed one. */
    readonly infrastructure?: {readonly labels?: Labels; readonly annotations?: Readonly<Record<string, string>>}
    readonly tls?: {readonly frontend?: Frontend}
  }
}

/** What clients of listeners that end TLS have to show. */
export interface Frontend {
  readonly default?: FrontendTls
  readonly perPort?: readonly {readonly port: number; readonly tls: FrontendTls}[]
}

export interface FrontendTls {
  readonly validation?: {readonly caCertificateRefs?: readonly ObjectRef[]; readonly mode?: string}
}

export interface K8sListener {
  readonly name: string
  readonly hostname?: string
  readonly port: number
  readonly protocol: string
  readonly tls?: {
    readonly mode?: string
    readonly certificateRefs?: readonly ObjectRef[]
    readonly options?: Readonly<Record<string, string>>
  }
  readonly allowedRoutes?: {
    readonly namespaces?: {readonly from?: string; readonly selector?: LabelSelector}
    readonly kinds?: readonly {readonly group?: string; readonly kind: string}[]
  }
}

export interface ObjectRef {
  readonly group?: string
  readonly kind?: string
  readonly namespace?: string
  readonly name: string
}

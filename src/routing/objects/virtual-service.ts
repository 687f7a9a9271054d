import type {Labels} from '../../api/labels.js'
import type {KubeObject} from '../../api/object.js'

export interface VirtualService extends KubeObject {
  readonly spec?: {
    readonly hosts?: readonly string[]
    readonly gateways?: readonly string[]
    readonly exportTo?: readonly string[]
    readonly tcp?: readonly TcpBlock[]
    readonly tls?: readonly TlsBlock[]
    readonly http?: readonly object[]
  }
}

export interface TlsBlock {
  readonly match?: readonly TlsMatch[]
  readonly route?: readonly RouteDestination[]
}

export interface TlsMatch extends Omit<TcpMatch, 'sourceSubnet'> {
  readonly sniHosts?: readonly string[]
}

export interface TcpBlock {
  readonly match?: readonly TcpMatch[]
  readonly route?: readonly RouteDestination[]
}

export interface TcpMatch {
  readonly port?: number
  readonly gateways?: readonly string[]
  readonly destinationSubnets?: readonly string[]
  readonly sourceLabels?: Labels
  readonly sourceSubnet?: string
  readonly sourceNamespace?: string
}

export interface RouteDestination {
  readonly destination?: {readonly host?: string; readonly subset?: string; readonly port?: {readonly number?: number}}
  readonly weight?: number
}

import type {Labels} from '../../api/labels.js'
import type {KubeObject} from '../../api/object.js'

export interface Gateway extends KubeObject {
  readonly spec?: {readonly selector?: Labels; readonly servers?: readonly GatewayServer[]}
}

export interface GatewayServer {
  readonly port?: {readonly number?: number; readonly name?: string; readonly protocol?: string}
  readonly bind?: string
  readonly hosts?: readonly string[]
  readonly tls?: GatewayTls
}

export interface GatewayTls {
  readonly mode?: string
  readonly credentialName?: string
  readonly credentialNames?: readonly string[]
  readonly caCertCredentialName?: string
  readonly serverCertificate?: string
  readonly privateKey?: string
  readonly caCertificates?: string
  readonly caCrl?: string
  readonly tlsCertificates?: readonly {readonly serverCertificate?: string; readonly privateKey?: string; readonly caCertificates?: string}[]
  readonly subjectAltNames?: readonly string[]
  readonly minProtocolVersion?: string
  readonly maxProtocolVersion?: string
  readonly cipherSuites?: readonly string[]
  readonly verifyCertificateHash?: readonly string[]
  readonly verifyCertificateSpki?: readonly string[]
}

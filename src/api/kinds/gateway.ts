import {ruleBroken, type FieldError} from '../field-error.js'
import type {KubeObject} from '../object.js'
import type {ResourceType} from '../resource-type.js'
import {schemaFor} from '../schema/schema-for.js'
import {ageColumn} from './age-column.js'
import {admitGateway} from './istio/admit-gateway.js'
import {istioVersions} from './istio/versions.js'
import {validateMeta} from './object-meta.js'

/** istiod admits none without a spec. */
export interface Gateway extends KubeObject {
  readonly spec: {readonly selector?: Readonly<Record<string, string>>; readonly servers?: readonly GatewayServer[]}
}

export interface GatewayServer {
  readonly name?: string
  readonly bind?: string
  /** `dnsName` or `namespace/dnsName`. */
  readonly hosts?: readonly string[]
  readonly port?: GatewayPort
  readonly tls?: ServerTls
}

export interface GatewayPort {
  readonly number?: number
  readonly name?: string
  readonly protocol?: string
  readonly targetPort?: number
}

export interface ServerTls {
  /** PASSTHROUGH where none is given. */
  readonly mode?: string
  readonly httpsRedirect?: boolean
  readonly serverCertificate?: string
  readonly privateKey?: string
  readonly caCertificates?: string
  readonly caCrl?: string
  readonly credentialName?: string
  readonly credentialNames?: readonly string[]
  readonly tlsCertificates?: readonly {readonly serverCertificate?: string; readonly privateKey?: string}[]
  readonly minProtocolVersion?: string
  readonly cipherSuites?: readonly string[]
  readonly subjectAltNames?: readonly string[]
}

/** The one rule of its CRD (istio api networking/v1alpha3/gateway.proto). */
function validate(gateway: Gateway): readonly FieldError[] {
  const servers = gateway.spec?.servers ?? []
  return [
    ...validateMeta(gateway, {namespaced: true}),
    ...servers.flatMap(({tls}, index) => {
      const isDouble = tls?.credentialNames !== undefined && tls.tlsCertificates !== undefined
      return isDouble ? [ruleBroken(`spec.servers[${index}].tls`, 'only one of credentialNames or tlsCertificates can be set')] : []
    }),
  ]
}

export const gatewayType: ResourceType = {
  ...istioVersions,
  kind: 'Gateway',
  plural: 'gateways',
  singular: 'gateway',
  shortNames: ['gw'],
  schema: schemaFor('Gateway'),
  columns: [ageColumn],
  validate,
  admit: admitGateway,
}

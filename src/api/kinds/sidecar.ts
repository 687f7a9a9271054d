import type {KubeObject} from '../object.js'
import type {ResourceType} from '../resource-type.js'
import {schemaFor} from '../schema/schema-for.js'
import {ageColumn} from './age-column.js'
import {hasNoEffect} from './has-no-effect.js'
import {admitSidecar} from './istio/admit-sidecar.js'
import type {ConnectionPool} from './destination-rule.js'
import type {GatewayPort, ServerTls} from './gateway.js'
import {validateSelectorLabels} from './istio/selector-rules.js'
import {istioVersions} from './istio/versions.js'
import {validateMeta} from './object-meta.js'
import type {Destination} from './virtual-service.js'

/** What the sidecars of workloads see and take in. Stored: here every sidecar sees everything. */
export interface Sidecar extends KubeObject {
  readonly spec?: SidecarSpec
}

export interface SidecarSpec {
  readonly workloadSelector?: {readonly labels?: Readonly<Record<string, string>>}
  readonly ingress?: readonly IngressListener[]
  readonly egress?: readonly EgressListener[]
  readonly outboundTrafficPolicy?: {readonly mode?: string; readonly egressProxy?: Destination}
  readonly inboundConnectionPool?: ConnectionPool
}

export interface IngressListener {
  readonly port?: GatewayPort
  readonly bind?: string
  readonly captureMode?: string
  readonly defaultEndpoint?: string
  readonly tls?: ServerTls
  readonly connectionPool?: ConnectionPool
}

export interface EgressListener {
  readonly port?: GatewayPort
  readonly bind?: string
  readonly captureMode?: string
  readonly hosts?: readonly string[]
}

export const sidecarType: ResourceType = {
  ...istioVersions,
  kind: 'Sidecar',
  plural: 'sidecars',
  singular: 'sidecar',
  shortNames: [],
  schema: schemaFor('Sidecar'),
  columns: [ageColumn],
  validate: (sidecar: Sidecar) => [
    ...validateMeta(sidecar, {namespaced: true}),
    ...validateSelectorLabels(sidecar.spec?.workloadSelector?.labels, 'spec.workloadSelector.labels'),
  ],
  admit: admitSidecar,
  withoutEffect: hasNoEffect,
}

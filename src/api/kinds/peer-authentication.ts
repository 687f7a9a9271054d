import {ruleBroken, type FieldError} from '../field-error.js'
import type {KubeObject} from '../object.js'
import type {ResourceType} from '../resource-type.js'
import {schemaFor} from '../schema/schema-for.js'
import {ageColumn} from './age-column.js'
import {hasNoEffect} from './has-no-effect.js'
import {admitPeerAuthentication} from './istio/admit-peer-authentication.js'
import {validateMatchLabels} from './istio/selector-rules.js'
import {validateMeta} from './object-meta.js'

const GROUP = 'security.istio.io'

/** Which workloads want mutual TLS. Stored: here the mesh speaks plain TCP. */
export interface PeerAuthentication extends KubeObject {
  readonly spec?: {
    readonly selector?: {readonly matchLabels?: Readonly<Record<string, string>>}
    readonly mtls?: {readonly mode?: string}
    readonly portLevelMtls?: Readonly<Record<string, {readonly mode?: string}>>
  }
}

function validate(policy: PeerAuthentication): readonly FieldError[] {
  const {selector, portLevelMtls} = policy.spec ?? {}
  const lacksSelector = portLevelMtls !== undefined && Object.keys(selector?.matchLabels ?? {}).length === 0
  const hasWrongPort = Object.keys(portLevelMtls ?? {}).some((port) => !(Number(port) > 0 && Number(port) <= 65_535))
  return [
    ...validateMeta(policy, {namespaced: true}),
    ...(lacksSelector ? [ruleBroken('spec', 'portLevelMtls requires selector')] : []),
    ...(hasWrongPort ? [ruleBroken('spec.portLevelMtls', 'port must be between 1-65535')] : []),
    ...validateMatchLabels(selector?.matchLabels, 'spec.selector.matchLabels'),
  ]
}

export const peerAuthenticationType: ResourceType = {
  group: GROUP,
  version: 'v1',
  served: [
    {group: GROUP, version: 'v1'},
    {group: GROUP, version: 'v1beta1'},
  ],
  kind: 'PeerAuthentication',
  plural: 'peerauthentications',
  singular: 'peerauthentication',
  shortNames: ['pa'],
  categories: ['istio-io', 'security-istio-io'],
  namespaced: true,
  builtin: false,
  hasGeneration: true,
  hasRules: true,
  schema: schemaFor('PeerAuthentication'),
  columns: [{name: 'Mode', cell: ({spec}: PeerAuthentication) => spec?.mtls?.mode ?? ''}, ageColumn],
  defaults: (policy: KubeObject): KubeObject => ({...policy, apiVersion: `${GROUP}/v1`}),
  validate,
  admit: admitPeerAuthentication,
  withoutEffect: hasNoEffect,
}

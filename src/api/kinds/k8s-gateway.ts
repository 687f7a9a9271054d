import type {KubeObject} from '../object.js'
import type {ResourceType} from '../resource-type.js'
import {schemaFor} from '../schema/schema-for.js'
import {ageColumn} from './age-column.js'
import {conditionStatus, type Condition} from './gateway-api/conditions.js'
import {validateListeners} from './gateway-api/validate-listeners.js'
import {gatewayApi} from './gateway-api/versions.js'
import {validateMeta} from './object-meta.js'

/** Of the Gateway API, with the defaults filled in; `Gateway` is Istio's. */
export interface K8sGateway extends KubeObject {
  readonly spec: {
    readonly gatewayClassName: string
    readonly listeners: readonly K8sListener[]
    readonly addresses?: readonly {readonly type?: string; readonly value?: string}[]
  }
  readonly status?: {
    readonly addresses?: readonly {readonly type?: string; readonly value: string}[]
    readonly conditions?: readonly Condition[]
  }
}

export interface K8sListener {
  readonly name: string
  readonly hostname?: string
  readonly port: number
  readonly protocol: string
  readonly tls?: {
    readonly mode?: string
    readonly certificateRefs?: readonly {readonly group?: string; readonly kind?: string; readonly name: string; readonly namespace?: string}[]
    readonly options?: Readonly<Record<string, string>>
  }
}

/** The short name is `gtw`: `gw` is Istio's. */
export const k8sGatewayType: ResourceType = {
  ...gatewayApi(schemaFor('K8sGateway'), ['v1beta1']),
  kind: 'Gateway',
  plural: 'gateways',
  singular: 'gateway',
  shortNames: ['gtw'],
  columns: [
    {name: 'Class', cell: ({spec}: K8sGateway) => spec?.gatewayClassName ?? ''},
    {name: 'Address', cell: ({status}: K8sGateway) => (status?.addresses ?? []).map(({value}) => value).join(' ')},
    {name: 'Programmed', cell: ({status}: K8sGateway) => conditionStatus(status?.conditions, 'Programmed')},
    ageColumn,
  ],
  validate: (gateway: K8sGateway) => [...validateMeta(gateway, {namespaced: true}), ...validateListeners(gateway)],
}

import type {KubeObject} from '../object.js'
import type {ResourceType} from '../resource-type.js'
import {schemaFor} from '../schema/schema-for.js'
import {ageColumn} from './age-column.js'
import {conditionStatus, type Condition} from './gateway-api/conditions.js'
import {gatewayApi} from './gateway-api/versions.js'
import {invalid, type FieldError} from '../field-error.js'
import {validateMeta} from './object-meta.js'

/** Of the Gateway API: who looks after the Gateways that name it. */
export interface GatewayClass extends KubeObject {
  readonly spec: {
    readonly controllerName: string
    readonly description?: string
    readonly parametersRef?: {readonly group: string; readonly kind: string; readonly name: string; readonly namespace?: string}
  }
  readonly status?: {readonly conditions?: readonly Condition[]}
}

function validate(gatewayClass: GatewayClass, previous?: GatewayClass): readonly FieldError[] {
  const {controllerName} = gatewayClass.spec
  const isChanged = previous !== undefined && previous.spec.controllerName !== controllerName
  return [...validateMeta(gatewayClass, {namespaced: false}), ...(isChanged ? [invalid('spec.controllerName', controllerName, 'Value is immutable')] : [])]
}

export const gatewayClassType: ResourceType = {
  ...gatewayApi(schemaFor('GatewayClass'), ['v1beta1']),
  kind: 'GatewayClass',
  plural: 'gatewayclasses',
  singular: 'gatewayclass',
  shortNames: ['gc'],
  namespaced: false,
  columns: [
    {name: 'Controller', cell: ({spec}: GatewayClass) => spec?.controllerName ?? ''},
    {name: 'Accepted', cell: ({status}: GatewayClass) => conditionStatus(status?.conditions, 'Accepted')},
    ageColumn,
    {name: 'Description', wide: true, cell: ({spec}: GatewayClass) => spec?.description ?? ''},
  ],
  validate,
}

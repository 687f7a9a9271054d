import type {KubeObject} from '../object.js'
import type {ResourceType} from '../resource-type.js'
import {schemaFor} from '../schema/schema-for.js'
import {defaultService} from './default-service.js'
import {serviceColumns} from './service-columns.js'
import {validateService} from './validate-service.js'

export interface Service extends KubeObject {
  readonly spec: ServiceSpec
  readonly status?: {readonly loadBalancer?: {readonly ingress?: readonly {readonly ip?: string; readonly hostname?: string}[]}}
}

export interface ServiceSpec {
  readonly type?: string
  readonly selector?: Readonly<Record<string, string>>
  readonly ports?: readonly ServicePort[]
  /** `None` for a headless Service. */
  readonly clusterIP?: string
  readonly clusterIPs?: readonly string[]
  readonly externalIPs?: readonly string[]
  readonly externalName?: string
  readonly allocateLoadBalancerNodePorts?: boolean
  readonly externalTrafficPolicy?: string
  readonly internalTrafficPolicy?: string
  readonly ipFamilies?: readonly string[]
  readonly ipFamilyPolicy?: string
  readonly publishNotReadyAddresses?: boolean
  readonly sessionAffinity?: string
  readonly sessionAffinityConfig?: {readonly clientIP?: {readonly timeoutSeconds?: number}}
}

export interface ServicePort {
  readonly name?: string
  readonly port: number
  /** Or the name of a container port. */
  readonly targetPort?: number | string
  readonly nodePort?: number
  readonly protocol?: string
  readonly appProtocol?: string
}

export const serviceType: ResourceType = {
  group: '',
  version: 'v1',
  served: [{group: '', version: 'v1'}],
  kind: 'Service',
  plural: 'services',
  singular: 'service',
  shortNames: ['svc'],
  categories: ['all'],
  namespaced: true,
  builtin: true,
  hasGeneration: true,
  schema: schemaFor('Service'),
  columns: serviceColumns,
  defaults: defaultService,
  validate: validateService,
}

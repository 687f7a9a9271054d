import type {ResourceType} from '../../resource-type.js'
import {foreignType} from './foreign-type.js'

const COMMON = {group: 'gateway.networking.k8s.io', categories: ['gateway-api']}
const HOSTNAMES = [['Hostnames', '.spec.hostnames']] as const

/** The Gateway API's kinds about other protocols than TCP and TLS, and its policies. */
export const foreignGatewayApiTypes: readonly ResourceType[] = [
  {...COMMON, versions: ['v1', 'v1alpha3'], kind: 'BackendTLSPolicy', plural: 'backendtlspolicies', shortNames: ['btlspolicy']},
  {...COMMON, versions: ['v1', 'v1alpha2'], kind: 'GRPCRoute', plural: 'grpcroutes', columns: HOSTNAMES},
  {...COMMON, versions: ['v1', 'v1beta1'], kind: 'HTTPRoute', plural: 'httproutes', columns: HOSTNAMES},
  {...COMMON, versions: ['v1'], kind: 'ListenerSet', plural: 'listenersets', shortNames: ['lset']},
  {...COMMON, versions: ['v1alpha2'], kind: 'UDPRoute', plural: 'udproutes'},
].map(foreignType)

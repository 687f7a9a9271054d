import type {ResourceType} from '../../resource-type.js'
import {foreignType} from './foreign-type.js'

const ISTIO = 'istio-io'
const SECURITY = {group: 'security.istio.io', versions: ['v1', 'v1beta1'], categories: [ISTIO, 'security-istio-io']}

/** Istio's kinds about HTTP, the proxies and identities, which have no part in TCP and TLS routing. */
export const foreignIstioTypes: readonly ResourceType[] = [
  {group: 'extensions.istio.io', versions: ['v1alpha1'], kind: 'WasmPlugin', plural: 'wasmplugins', categories: [ISTIO, 'extensions-istio-io']},
  {group: 'install.istio.io', versions: ['v1alpha1'], kind: 'IstioOperator', plural: 'istiooperators', shortNames: ['iop', 'io']},
  {group: 'networking.istio.io', versions: ['v1alpha3'], kind: 'EnvoyFilter', plural: 'envoyfilters', categories: [ISTIO, 'networking-istio-io']},
  {group: 'networking.istio.io', versions: ['v1beta1'], kind: 'ProxyConfig', plural: 'proxyconfigs', categories: [ISTIO, 'networking-istio-io']},
  {...SECURITY, kind: 'AuthorizationPolicy', plural: 'authorizationpolicies', shortNames: ['ap'], columns: [['Action', '.spec.action']] as const},
  {...SECURITY, kind: 'RequestAuthentication', plural: 'requestauthentications', shortNames: ['ra']},
  {
    group: 'telemetry.istio.io',
    versions: ['v1', 'v1alpha1'],
    kind: 'Telemetry',
    plural: 'telemetries',
    shortNames: ['telemetry'],
    categories: [ISTIO, 'telemetry-istio-io'],
  },
].map(foreignType)

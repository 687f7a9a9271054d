import {annotations} from './rules/annotations.js'
import {applicationUid} from './rules/application-uid.js'
import {caCertificates} from './rules/ca-certificates.js'
import {conditions} from './rules/conditions.js'
import {conflictingGateways} from './rules/conflicting-gateways.js'
import {conflictingMeshHosts} from './rules/conflicting-mesh-hosts.js'
import {destinationHosts} from './rules/destination-hosts.js'
import {destinationRuleSubsets} from './rules/destination-rule-subsets.js'
import {destinationSubsets} from './rules/destination-subsets.js'
import {gatewayCertificates} from './rules/gateway-certificates.js'
import {gatewayPorts} from './rules/gateway-ports.js'
import {gatewaySecrets} from './rules/gateway-secrets.js'
import {imageAuto} from './rules/image-auto.js'
import {ingressSubsets} from './rules/ingress-subsets.js'
import {injection} from './rules/injection.js'
import {localhostListener} from './rules/localhost-listener.js'
import {portNames} from './rules/port-names.js'
import {routing} from './rules/routing.js'
import {serviceAssociation} from './rules/service-association.js'
import {serviceEntryAddresses} from './rules/service-entry-addresses.js'
import {serviceEntryProtocols} from './rules/service-entry-protocols.js'
import {validations} from './rules/validation.js'
import {virtualServiceGateways} from './rules/virtual-service-gateways.js'
import {weights} from './rules/weights.js'
import type {Rule} from './rule.js'

/** Every rule there is. Those of Istio's analyzers that concern what tshift does not have are left out. */
export const rules: readonly Rule[] = [
  annotations,
  conditions,
  serviceAssociation,
  applicationUid,
  caCertificates,
  destinationRuleSubsets,
  gatewayPorts,
  gatewayCertificates,
  gatewaySecrets,
  conflictingGateways,
  injection,
  imageAuto,
  portNames,
  localhostListener,
  conflictingMeshHosts,
  destinationHosts,
  ingressSubsets,
  destinationSubsets,
  virtualServiceGateways,
  serviceEntryAddresses,
  serviceEntryProtocols,
  ...validations,
  routing,
  weights,
]

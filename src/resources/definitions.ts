import type {JsonObject, KubeObject} from '../api/object.js'
import {types} from '../api/registry.js'
import type {ResourceType} from '../api/resource-type.js'

/**
 * The CustomResourceDefinitions of the kinds that Istio and the Gateway API add to Kubernetes: scripts and tutorials ask for them before they
 * go on (`get crd gateways.gateway.networking.k8s.io`). Their schemas are not spelled out.
 */
export function definitionObjects(): readonly KubeObject[] {
  return types.filter(({builtin}) => !builtin).map(definitionOf)
}

function definitionOf({group, version, served, kind, plural, singular, shortNames, categories, namespaced}: ResourceType): KubeObject {
  const versions = served.map((one): JsonObject => ({name: one.version, served: true, storage: one.version === version}))
  const spec = {
    conversion: {strategy: 'None'},
    group,
    names: {categories, kind, listKind: `${kind}List`, plural, shortNames, singular},
    scope: namespaced ? 'Namespaced' : 'Cluster',
    versions,
  }
  return {apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: {name: `${plural}.${group}`}, spec} as KubeObject
}

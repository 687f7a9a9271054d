import type {JsonObject, KubeObject} from '../../object.js'
import type {ResourceType} from '../../resource-type.js'
import {applyDefaults} from '../../schema/apply-defaults.js'
import type {Schema} from '../../schema/schema.js'

const GROUP = 'gateway.networking.k8s.io'

/** What the Gateway API's kinds have in common. All versions have the same fields: converting one is renaming it. */
export function gatewayApi(schema: Schema, olderVersions: readonly string[]) {
  return {
    group: GROUP,
    version: 'v1',
    served: ['v1', ...olderVersions].map((version) => ({group: GROUP, version})),
    categories: ['gateway-api'],
    namespaced: true,
    builtin: false,
    hasGeneration: true,
    hasRules: true,
    schema,
    defaults: (object: KubeObject): KubeObject => {
      const filled = applyDefaults(schema, object as unknown as JsonObject) as unknown as KubeObject
      return {...filled, apiVersion: `${GROUP}/v1`}
    },
  } satisfies Partial<ResourceType>
}

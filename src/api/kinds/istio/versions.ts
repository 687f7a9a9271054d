import type {KubeObject} from '../../object.js'
import type {ResourceType} from '../../resource-type.js'

const GROUP = 'networking.istio.io'

/** What Istio's networking kinds have in common. All versions have the same fields: converting one is renaming it. */
export const istioVersions = {
  group: GROUP,
  version: 'v1',
  served: [
    {group: GROUP, version: 'v1'},
    {group: GROUP, version: 'v1beta1'},
    {group: GROUP, version: 'v1alpha3'},
  ],
  categories: ['istio-io', 'networking-istio-io'],
  namespaced: true,
  builtin: false,
  hasGeneration: true,
  hasRules: true,
  defaults: (object: KubeObject): KubeObject => ({...object, apiVersion: `${GROUP}/v1`}),
} satisfies Partial<ResourceType>

import type {KubeObject} from '../object.js'
import type {ResourceType} from '../resource-type.js'
import {schemaFor} from '../schema/schema-for.js'
import {ageColumn} from './age-column.js'
import {validateMeta} from './object-meta.js'

export interface Node extends KubeObject {
  readonly spec?: {readonly podCIDR?: string; readonly podCIDRs?: readonly string[]; readonly unschedulable?: boolean; readonly taints?: readonly object[]}
  readonly status?: NodeStatus
}

export interface NodeStatus {
  readonly addresses?: readonly {readonly type: string; readonly address: string}[]
  readonly allocatable?: Readonly<Record<string, string>>
  readonly capacity?: Readonly<Record<string, string>>
  readonly conditions?: readonly NodeCondition[]
  readonly nodeInfo?: {
    readonly kubeletVersion?: string
    readonly osImage?: string
    readonly kernelVersion?: string
    readonly containerRuntimeVersion?: string
  }
}

export interface NodeCondition {
  readonly type: string
  readonly status: string
  readonly reason?: string
  readonly message?: string
  readonly lastHeartbeatTime?: string
  readonly lastTransitionTime?: string
}

const ROLE = 'node-role.kubernetes.io/'
const OLD_ROLE = 'kubernetes.io/role'
const UNKNOWN = '<unknown>'

function formatStatus({spec, status}: Node): string {
  const ready = status?.conditions?.find(({type}) => type === 'Ready')
  const state = ready === undefined ? 'Unknown' : ready.status === 'True' ? 'Ready' : 'NotReady'
  return spec?.unschedulable === true ? `${state},SchedulingDisabled` : state
}

function formatRoles({metadata}: KubeObject): string {
  const roles = Object.entries(metadata.labels ?? {}).flatMap(([key, value]) =>
    key.startsWith(ROLE) ? [key.slice(ROLE.length)] : key === OLD_ROLE ? [value] : [],
  )
  return (
    [...new Set(roles)]
      .filter((role) => role !== '')
      .sort()
      .join(',') || '<none>'
  )
}

function addressOf({status}: Node, type: string): string {
  return status?.addresses?.find((address) => address.type === type)?.address ?? '<none>'
}

export const nodeType: ResourceType = {
  group: '',
  version: 'v1',
  served: [{group: '', version: 'v1'}],
  kind: 'Node',
  plural: 'nodes',
  singular: 'node',
  shortNames: ['no'],
  categories: [],
  namespaced: false,
  builtin: true,
  hasGeneration: false,
  schema: schemaFor('Node'),
  columns: [
    {name: 'Status', cell: formatStatus},
    {name: 'Roles', cell: formatRoles},
    ageColumn,
    {name: 'Version', cell: ({status}: Node) => status?.nodeInfo?.kubeletVersion ?? ''},
    {name: 'Internal-IP', wide: true, cell: (node: Node) => addressOf(node, 'InternalIP')},
    {name: 'External-IP', wide: true, cell: (node: Node) => addressOf(node, 'ExternalIP')},
    {name: 'OS-Image', wide: true, cell: ({status}: Node) => status?.nodeInfo?.osImage || UNKNOWN},
    {name: 'Kernel-Version', wide: true, cell: ({status}: Node) => status?.nodeInfo?.kernelVersion || UNKNOWN},
    {name: 'Container-Runtime', wide: true, cell: ({status}: Node) => status?.nodeInfo?.containerRuntimeVersion || UNKNOWN},
  ],
  defaults: (node) => node,
  validate: (node) => validateMeta(node, {namespaced: false}),
}

import {forbidden, type FieldError} from '../field-error.js'
import type {KubeObject} from '../object.js'
import type {ResourceType} from '../resource-type.js'
import {isSameJson} from '../same-json.js'
import {schemaFor} from '../schema/schema-for.js'
import {defaultPod} from './default-pod.js'
import {validateMeta} from './object-meta.js'
import {podColumns} from './pod-columns.js'
import type {Container, PodSpec} from './pod-spec.js'
import {validatePodSpec} from './validate-pod-spec.js'

export interface Pod extends KubeObject {
  readonly spec: PodSpec
  readonly status?: PodStatus
}

export interface PodStatus {
  readonly phase?: string
  readonly reason?: string
  readonly message?: string
  readonly conditions?: readonly PodCondition[]
  readonly containerStatuses?: readonly ContainerStatus[]
  readonly initContainerStatuses?: readonly ContainerStatus[]
  readonly hostIP?: string
  readonly hostIPs?: readonly {readonly ip: string}[]
  readonly podIP?: string
  readonly podIPs?: readonly {readonly ip: string}[]
  readonly nominatedNodeName?: string
  readonly observedGeneration?: number
  readonly qosClass?: string
  readonly startTime?: string
}

export interface PodCondition {
  readonly type: string
  readonly status: string
  readonly reason?: string
  readonly message?: string
  readonly lastProbeTime?: string | null
  readonly lastTransitionTime?: string
  readonly observedGeneration?: number
}

export interface ContainerStatus {
  readonly name: string
  readonly image?: string
  readonly imageID?: string
  readonly containerID?: string
  readonly ready: boolean
  readonly started?: boolean
  readonly restartCount: number
  readonly state?: ContainerState
  readonly lastState?: ContainerState
}

/** At most one of the three. */
export interface ContainerState {
  readonly waiting?: {readonly reason?: string; readonly message?: string}
  readonly running?: {readonly startedAt?: string}
  readonly terminated?: {
    readonly exitCode: number
    readonly signal?: number
    readonly reason?: string
    readonly message?: string
    readonly startedAt?: string
    readonly finishedAt?: string
    readonly containerID?: string
  }
}

function validate(pod: Pod, previous?: Pod): readonly FieldError[] {
  return [
    ...validateMeta(pod, podType),
    ...validatePodSpec(pod.spec, 'spec'),
    ...(previous === undefined || isSameJson(fixedPart(pod.spec), fixedPart(previous.spec)) ? [] : [forbidden('spec', IMMUTABLE)]),
  ]
}

const IMMUTABLE =
  'pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)'

/** What of a pod cannot change once it is there. The node can: the scheduler writes through the same door. */
function fixedPart(spec: PodSpec): object {
  const {
    nodeName: _node,
    activeDeadlineSeconds: _deadline,
    tolerations: _tolerations,
    terminationGracePeriodSeconds: _grace,
    containers,
    initContainers,
    ...rest
  } = spec
  return {...rest, containers: containers.map(withoutImage), initContainers: initContainers?.map(withoutImage)}
}

function withoutImage({image: _, ...container}: Container): object {
  return container
}

export const podType: ResourceType = {
  group: '',
  version: 'v1',
  served: [{group: '', version: 'v1'}],
  kind: 'Pod',
  plural: 'pods',
  singular: 'pod',
  shortNames: ['po'],
  categories: ['all'],
  namespaced: true,
  builtin: true,
  hasGeneration: true,
  schema: schemaFor('Pod'),
  columns: podColumns,
  defaults: defaultPod,
  validate,
}

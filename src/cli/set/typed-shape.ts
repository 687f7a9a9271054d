import {isJsonObject, type JsonObject, type KubeObject} from '../../api/object.js'
import type {ResourceType} from '../../api/resource-type.js'
import type {Container} from '../../api/kinds/pod-spec.js'
import {mapContainers, podSpecOf, withPodSpec} from './pod-spec.js'

/** Fields of Go's structs that are no pointers: Go prints them even where they are empty. */
const EMPTY: Readonly<Record<string, {readonly spec?: JsonObject; readonly status: JsonObject}>> = {
  Pod: {status: {}},
  Deployment: {spec: {strategy: {}}, status: {}},
  ReplicaSet: {status: {replicas: 0}},
  ReplicationController: {status: {replicas: 0}},
  StatefulSet: {spec: {updateStrategy: {}}, status: {availableReplicas: 0, replicas: 0}},
  DaemonSet: {spec: {updateStrategy: {}}, status: {currentNumberScheduled: 0, desiredNumberScheduled: 0, numberMisscheduled: 0, numberReady: 0}},
  Job: {status: {}},
  CronJob: {status: {}},
}

/** The object as kubectl prints it after it has gone through the structs of its kind, as `set` does: empty structs are there. */
export function typedShape(object: KubeObject, type: ResourceType): KubeObject {
  const {spec: specFields = {}, status: statusFields} = EMPTY[type.kind] ?? {status: {}}
  const {spec, status} = object as {spec?: JsonObject; status?: JsonObject}
  const shaped = {...object, ...{spec: {...specFields, ...spec}, status: {...statusFields, ...(isJsonObject(status) ? status : {})}}}
  const withResources = (container: Container): Container => ({resources: {}, ...container})
  return withPodSpec(shaped, type, mapContainers(podSpecOf(shaped, type), withResources))
}

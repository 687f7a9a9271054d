import type {KubeObject} from '../../api/object.js'
import {configMapDescriber, secretDescriber, serviceAccountDescriber} from './data.js'
import {deploymentDescriber} from './deployment.js'
import {alignTabs} from './elastic-tabs.js'
import {endpointsDescriber, endpointSliceDescriber} from './endpoints.js'
import {fieldsOf} from './fields.js'
import {genericDescriber} from './generic.js'
import {cronJobDescriber, jobDescriber} from './jobs.js'
import {limitRangeDescriber, namespaceDescriber, resourceQuotaDescriber} from './namespace.js'
import {ingressClassDescriber, ingressDescriber, networkPolicyDescriber} from './network.js'
import {nodeDescriber} from './node.js'
import {podDescriber} from './pod.js'
import {daemonSetDescriber, replicaSetDescriber, replicationControllerDescriber, statefulSetDescriber} from './pod-sets.js'
import {disruptionBudgetDescriber, priorityClassDescriber, roleBindingDescriber} from './policies.js'
import {serviceDescriber} from './service.js'
import type {Describer, Surroundings} from './surroundings.js'

/** By `Kind.group`, the core group's kinds alone. Every other kind is described by its fields. */
const DESCRIBERS: ReadonlyMap<string, Describer> = new Map([
  ['ConfigMap', configMapDescriber],
  ['Endpoints', endpointsDescriber],
  ['LimitRange', limitRangeDescriber],
  ['Namespace', namespaceDescriber],
  ['Node', nodeDescriber],
  ['Pod', podDescriber],
  ['ReplicationController', replicationControllerDescriber],
  ['ResourceQuota', resourceQuotaDescriber],
  ['Secret', secretDescriber],
  ['Service', serviceDescriber],
  ['ServiceAccount', serviceAccountDescriber],
  ['DaemonSet.apps', daemonSetDescriber],
  ['Deployment.apps', deploymentDescriber],
  ['ReplicaSet.apps', replicaSetDescriber],
  ['StatefulSet.apps', statefulSetDescriber],
  ['CronJob.batch', cronJobDescriber],
  ['Job.batch', jobDescriber],
  ['EndpointSlice.discovery.k8s.io', endpointSliceDescriber],
  ['Ingress.networking.k8s.io', ingressDescriber],
  ['IngressClass.networking.k8s.io', ingressClassDescriber],
  ['NetworkPolicy.networking.k8s.io', networkPolicyDescriber],
  ['PodDisruptionBudget.policy', disruptionBudgetDescriber],
  ['ClusterRoleBinding.rbac.authorization.k8s.io', roleBindingDescriber],
  ['RoleBinding.rbac.authorization.k8s.io', roleBindingDescriber],
  ['PriorityClass.scheduling.k8s.io', priorityClassDescriber],
])

/** How objects of a kind are described. */
export function describerFor({kind, group}: {readonly kind: string; readonly group: string}): Describer {
  return DESCRIBERS.get(group === '' ? kind : `${kind}.${group}`) ?? genericDescriber
}

/** An object described for people, byte for byte as kubectl does it. */
export function formatDescription(describer: Describer, object: KubeObject, surroundings: Surroundings): string {
  return alignTabs(describer.describe(fieldsOf(object), surroundings))
}

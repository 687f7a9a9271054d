import type {Deployment} from '../../src/api/kinds/deployment.js'
import type {Pod} from '../../src/api/kinds/pod.js'
import type {ReplicaSet} from '../../src/api/kinds/replica-set.js'
import type {Service} from '../../src/api/kinds/service.js'
import type {KubeObject} from '../../src/api/object.js'

const LABELS = {app: 'tcp-echo', version: 'v1'}
const template = {
  metadata: {labels: LABELS},
  spec: {containers: [{name: 'tcp-echo', image: 'istio/tcp-echo-server:1.2', args: ['9000', 'one'], ports: [{containerPort: 9000, name: 'tcp', protocol: 'TCP'}]}]},
}

export function aDeployment({replicas = 1, ...more}: {replicas?: number; metadata?: object; status?: object} = {}): Deployment {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {name: 'tcp-echo-v1', namespace: 'default', uid: 'd1', generation: 1, labels: LABELS, ...more.metadata},
    spec: {replicas, selector: {matchLabels: LABELS}, template},
    ...(more.status === undefined ? {} : {status: more.status}),
  } as unknown as Deployment
}

export function ownedBy<T extends KubeObject>(object: T, owner: KubeObject): T {
  const {apiVersion, kind} = owner
  const ownerReferences = [{apiVersion, kind, name: owner.metadata.name, uid: owner.metadata.uid ?? '', controller: true, blockOwnerDeletion: true}]
  return {...object, metadata: {...object.metadata, ownerReferences}}
}

export function aReplicaSet({replicas = 1, ready = 0, name = 'tcp-echo-v1-abc', uid = 'r1'}: {replicas?: number; ready?: number; name?: string; uid?: string} = {}): ReplicaSet {
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {name, namespace: 'default', uid, generation: 1, labels: LABELS, annotations: {'deployment.kubernetes.io/revision': '1'}},
    spec: {replicas, selector: {matchLabels: LABELS}, template: {...template, metadata: {labels: {...LABELS, 'pod-template-hash': 'abc'}}}},
    status: {replicas, readyReplicas: ready, availableReplicas: ready},
  } as unknown as ReplicaSet
}

export function aPod({name = 'p1', ready = true, ip = '127.64.0.1', ...more}: {name?: string; ready?: boolean; ip?: string; metadata?: object; spec?: object} = {}): Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {name, namespace: 'default', uid: `uid-${name}`, labels: LABELS, creationTimestamp: '2026-11-21T00:00:00Z', ...more.metadata},
    spec: {containers: template.spec.containers, nodeName: 'tshift', ...more.spec},
    status: {phase: 'Running', podIP: ip, conditions: [{type: 'Ready', status: ready ? 'True' : 'False'}]},
  } as unknown as Pod
}

export function aService(more: {spec?: object} = {}): Service {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {name: 'tcp-echo', namespace: 'default', uid: 's1'},
    spec: {selector: {app: 'tcp-echo'}, ports: [{name: 'tcp', port: 9000, protocol: 'TCP', targetPort: 9000}], ...more.spec},
  } as unknown as Service
}

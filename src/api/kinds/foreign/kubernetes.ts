import type {NameRule} from '../../names.js'
import type {ResourceType} from '../../resource-type.js'
import {foreignType, type ForeignKind} from './foreign-type.js'

/** Names of roles may hold colons (apimachinery `path.IsValidPathSegmentName`). */
const pathSegment: NameRule = (name) => [
  ...(name === '.' || name === '..' ? [`may not be '${name}'`] : []),
  ...['/', '%'].filter((text) => name.includes(text)).map((text) => `may not contain '${text}'`),
]

const CORE = {group: '', versions: ['v1']}
const ADMISSION = {group: 'admissionregistration.k8s.io', versions: ['v1'], namespaced: false, categories: ['api-extensions']}
const RBAC = {group: 'rbac.authorization.k8s.io', versions: ['v1'], name: pathSegment}
const STORAGE = {group: 'storage.k8s.io', versions: ['v1'], namespaced: false}
const NETWORKING = {group: 'networking.k8s.io', versions: ['v1']}
const BATCH = {group: 'batch', versions: ['v1'], categories: ['all']}

/** Kinds that the API server gives no generation. Source: kubernetes pkg/registry, `PrepareForCreate` of each kind's strategy. */
const WITHOUT_GENERATION: ReadonlySet<string> = new Set([
  'APIService', 'CSINode', 'CSIStorageCapacity', 'CertificateSigningRequest', 'ClusterRole', 'ClusterRoleBinding', 'HorizontalPodAutoscaler',
  'IPAddress', 'Lease', 'LimitRange', 'PersistentVolume', 'ResourceQuota', 'Role', 'RoleBinding', 'RuntimeClass', 'ServiceCIDR',
  'StorageClass', 'VolumeAttachment',
])

const kinds: readonly ForeignKind[] = [
  {...CORE, kind: 'LimitRange', plural: 'limitranges', shortNames: ['limits']},
  {
    ...CORE,
    kind: 'PersistentVolume',
    plural: 'persistentvolumes',
    shortNames: ['pv'],
    namespaced: false,
    columns: [
      ['Capacity', '.spec.capacity.storage'],
      ['Access Modes', '.spec.accessModes[*]'],
      ['Reclaim Policy', '.spec.persistentVolumeReclaimPolicy'],
      ['Status', '.status.phase'],
      ['StorageClass', '.spec.storageClassName'],
    ],
  },
  {...CORE, kind: 'PodTemplate', plural: 'podtemplates'},
  {
    ...CORE,
    kind: 'ReplicationController',
    plural: 'replicationcontrollers',
    shortNames: ['rc'],
    categories: ['all'],
    columns: [
      ['Desired', '.spec.replicas'],
      ['Current', '.status.replicas'],
      ['Ready', '.status.readyReplicas'],
    ],
  },
  {...CORE, kind: 'ResourceQuota', plural: 'resourcequotas', shortNames: ['quota']},
  {...ADMISSION, kind: 'MutatingWebhookConfiguration', plural: 'mutatingwebhookconfigurations'},
  {...ADMISSION, kind: 'ValidatingAdmissionPolicy', plural: 'validatingadmissionpolicies'},
  {...ADMISSION, kind: 'ValidatingAdmissionPolicyBinding', plural: 'validatingadmissionpolicybindings'},
  {...ADMISSION, kind: 'ValidatingWebhookConfiguration', plural: 'validatingwebhookconfigurations'},
  {group: 'apiregistration.k8s.io', versions: ['v1'], kind: 'APIService', plural: 'apiservices', namespaced: false, categories: ['api-extensions']},
  {
    group: 'autoscaling',
    versions: ['v2', 'v1'],
    kind: 'HorizontalPodAutoscaler',
    plural: 'horizontalpodautoscalers',
    shortNames: ['hpa'],
    categories: ['all'],
    columns: [
      ['Reference', '.spec.scaleTargetRef.name'],
      ['MinPods', '.spec.minReplicas'],
      ['MaxPods', '.spec.maxReplicas'],
      ['Replicas', '.status.currentReplicas'],
    ],
  },
  {
    ...BATCH,
    kind: 'CronJob',
    plural: 'cronjobs',
    shortNames: ['cj'],
    columns: [
      ['Schedule', '.spec.schedule'],
      ['Timezone', '.spec.timeZone'],
      ['Suspend', '.spec.suspend'],
    ],
  },
  {
    group: 'certificates.k8s.io',
    versions: ['v1'],
    kind: 'CertificateSigningRequest',
    plural: 'certificatesigningrequests',
    shortNames: ['csr'],
    namespaced: false,
    columns: [['SignerName', '.spec.signerName']],
  },
  {group: 'coordination.k8s.io', versions: ['v1'], kind: 'Lease', plural: 'leases', columns: [['Holder', '.spec.holderIdentity']]},
  {group: 'flowcontrol.apiserver.k8s.io', versions: ['v1'], kind: 'FlowSchema', plural: 'flowschemas', namespaced: false},
  {group: 'flowcontrol.apiserver.k8s.io', versions: ['v1'], kind: 'PriorityLevelConfiguration', plural: 'prioritylevelconfigurations', namespaced: false},
  {
    ...NETWORKING,
    kind: 'Ingress',
    plural: 'ingresses',
    shortNames: ['ing'],
    columns: [
      ['Class', '.spec.ingressClassName'],
      ['Hosts', '.spec.rules[*].host'],
      ['Address', '.status.loadBalancer.ingress[*].ip'],
    ],
  },
  {
    ...NETWORKING,
    kind: 'IngressClass',
    plural: 'ingressclasses',
    namespaced: false,
    columns: [
      ['Controller', '.spec.controller'],
      ['Parameters', '.spec.parameters.name'],
    ],
  },
  {...NETWORKING, kind: 'IPAddress', plural: 'ipaddresses', shortNames: ['ip'], namespaced: false},
  {...NETWORKING, kind: 'NetworkPolicy', plural: 'networkpolicies', shortNames: ['netpol'], columns: [['Pod-Selector', '.spec.podSelector.matchLabels']]},
  {...NETWORKING, kind: 'ServiceCIDR', plural: 'servicecidrs', namespaced: false, columns: [['CIDRs', '.spec.cidrs']]},
  {group: 'node.k8s.io', versions: ['v1'], kind: 'RuntimeClass', plural: 'runtimeclasses', namespaced: false, columns: [['Handler', '.handler']]},
  {
    group: 'policy',
    versions: ['v1'],
    kind: 'PodDisruptionBudget',
    plural: 'poddisruptionbudgets',
    shortNames: ['pdb'],
    columns: [
      ['Min Available', '.spec.minAvailable'],
      ['Max Unavailable', '.spec.maxUnavailable'],
    ],
  },
  {
    ...RBAC,
    kind: 'ClusterRoleBinding',
    plural: 'clusterrolebindings',
    namespaced: false,
    columns: [['Role', '.roleRef.name']],
  },
  {...RBAC, kind: 'ClusterRole', plural: 'clusterroles', namespaced: false},
  {...RBAC, kind: 'RoleBinding', plural: 'rolebindings', columns: [['Role', '.roleRef.name']]},
  {...RBAC, kind: 'Role', plural: 'roles'},
  {
    group: 'scheduling.k8s.io',
    versions: ['v1'],
    kind: 'PriorityClass',
    plural: 'priorityclasses',
    shortNames: ['pc'],
    namespaced: false,
    columns: [
      ['Value', '.value'],
      ['Global-Default', '.globalDefault'],
    ],
  },
  {...STORAGE, kind: 'CSIDriver', plural: 'csidrivers'},
  {...STORAGE, kind: 'CSINode', plural: 'csinodes'},
  {...STORAGE, kind: 'CSIStorageCapacity', plural: 'csistoragecapacities', namespaced: true},
  {
    ...STORAGE,
    kind: 'StorageClass',
    plural: 'storageclasses',
    shortNames: ['sc'],
    columns: [
      ['Provisioner', '.provisioner'],
      ['ReclaimPolicy', '.reclaimPolicy'],
      ['VolumeBindingMode', '.volumeBindingMode'],
    ],
  },
  {...STORAGE, kind: 'VolumeAttachment', plural: 'volumeattachments', columns: [['Attacher', '.spec.attacher']]},
]

/** Kubernetes' own kinds that are kept without effect; CustomResourceDefinition has a file of its own. */
export const foreignKubernetesTypes: readonly ResourceType[] = kinds.map((kind) => foreignType({...kind, hasGeneration: !WITHOUT_GENERATION.has(kind.kind)}))

import type {PodTemplate, Volume} from '../../../api/kinds/pod-spec.js'
import type {Pod} from '../../../api/kinds/pod.js'
import type {StatefulSet} from '../../../api/kinds/stateful-set.js'
import {controllerReference} from '../ownership.js'
import {POD_REVISION} from '../revisions/choose-revision.js'

const POD_NAME = 'statefulset.kubernetes.io/pod-name'
const POD_INDEX = 'apps.kubernetes.io/pod-index'

export interface PodIdentity {
  readonly ordinal: number
  /** The name of its ControllerRevision. */
  readonly revision: string
  readonly template: PodTemplate
}

/** The pod of an ordinal: its name, its labels and its volumes are the same whenever it is made. Source: kubernetes `newStatefulSetPod`. */
export function podOf(set: StatefulSet, {ordinal, revision, template}: PodIdentity): Pod {
  const name = `${set.metadata.name}-${ordinal}`
  const {labels, annotations} = template.metadata ?? {}
  const {serviceName = ''} = set.spec
  const own = {apiVersion: 'v1', kind: 'Pod'} as const
  return {
    ...own,
    metadata: {
      name,
      namespace: set.metadata.namespace ?? 'default',
      labels: {...labels, [POD_INDEX]: String(ordinal), [POD_REVISION]: revision, [POD_NAME]: name},
      ...(annotations !== undefined && {annotations}),
      ownerReferences: [controllerReference(set)],
    },
    spec: {...(template.spec ?? {containers: []}), ...volumesOf(set, ordinal, template), hostname: name, ...(serviceName !== '' && {subdomain: serviceName})},
  }
}

/** `www-web-0` */
export function claimName(set: StatefulSet, template: string, ordinal: number): string {
  return `${template}-${set.metadata.name}-${ordinal}`
}

/** The claims are volumes of the pod, in the place of those of the same name. */
function volumesOf(set: StatefulSet, ordinal: number, {spec}: PodTemplate): {readonly volumes?: readonly Volume[]} {
  const names = (set.spec.volumeClaimTemplates ?? []).map(({metadata}) => metadata?.name ?? '')
  const claims = names.map((name): Volume => ({name, persistentVolumeClaim: {claimName: claimName(set, name, ordinal)}}))
  const volumes = [...claims, ...(spec?.volumes ?? []).filter(({name}) => !names.includes(name))]
  return volumes.length === 0 ? {} : {volumes}
}

/** A pod that the set adopted has its name, and gets the labels that go with it. Undefined for one that has them. Source: kubernetes `identityMatches`. */
export function withIdentity(pod: Pod, ordinal: number): Pod | undefined {
  const {labels = {}, name} = pod.metadata
  if (labels[POD_NAME] === name && labels[POD_INDEX] === String(ordinal)) return undefined
  return {...pod, metadata: {...pod.metadata, labels: {...labels, [POD_NAME]: name, [POD_INDEX]: String(ordinal)}}}
}

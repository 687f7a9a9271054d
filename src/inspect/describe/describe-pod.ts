import type {KubeObject} from '../../api/object.js'
import {selects} from '../../routing/labels.js'
import {namespaceOf} from '../../routing/naming.js'
import {ROOT_NAMESPACE} from '../../routing/proxy.js'
import type {Labels} from '../../api/labels.js'
import type {Service} from '../../routing/objects/service.js'
import {ingressLines, type ServiceView} from './describe-service.js'
import {indent, LEVEL, SEPARATOR, shortName} from './lines.js'
import {isMeshed, type DescribedPod} from './pod-facts.js'
import {serviceLines} from './service-lines.js'

export interface PodView extends ServiceView {
  readonly services: readonly Service[]
  readonly peerAuthentications: readonly PeerAuthentication[]
}

export interface PeerAuthentication extends KubeObject {
  readonly spec?: {readonly selector?: {readonly matchLabels?: Labels}; readonly mtls?: {readonly mode?: string}}
}

/** `istioctl x describe pod`, line by line (istioctl describe podDescribeCmd). */
export function describePod(pod: DescribedPod, view: PodView): readonly string[] {
  const {asked} = view
  const services = view.services.filter((service) => namespaceOf(service) === namespaceOf(pod) && isSelectedBy(pod, service))
  const nobody = `Warning: No Kubernetes Services select pod ${shortName(pod.metadata, asked)} (see https://istio.io/docs/setup/kubernetes/additional-setup/requirements/ )`
  const described = services.map((service, index) => [...(index === 0 ? [] : [SEPARATOR]), ...serviceLines(service, [pod], view)])
  return [
    ...podLines(pod, asked),
    ...(services.length === 0 ? [nobody] : []),
    SEPARATOR,
    ...described.flat(),
    SEPARATOR,
    ...authenticationLines(pod, view),
    ...ingressLines(services, view.ingress),
  ]
}

function isSelectedBy({metadata}: DescribedPod, {spec}: Service): boolean {
  return Object.keys(spec?.selector ?? {}).length > 0 && selects(spec?.selector, metadata.labels)
}

function podLines(pod: DescribedPod, asked: string): readonly string[] {
  const name = shortName(pod.metadata, asked)
  const ports = (pod.spec?.containers ?? []).flatMap(({name: container, ports: own = []}) =>
    own.map(({containerPort, protocol = 'TCP'}) => `${containerPort}${protocol === 'TCP' ? '' : `/${protocol}`} (${container})`),
  )
  const head = [`Pod: ${name}`, indent(LEVEL[1], `Pod Revision: ${pod.metadata.labels?.['istio.io/rev'] ?? pod.metadata.annotations?.['istio.io/rev'] ?? ''}`)]
  const exposed = indent(LEVEL[1], ports.length === 0 ? 'Pod does not expose ports' : `Pod Ports: ${ports.join(', ')}`)
  const {phase = 'Pending', containerStatuses = [], initContainerStatuses = []} = pod.status ?? {}
  if (phase !== 'Running') return [...head, exposed, indent(LEVEL[1], `Pod is not Running (${phase})`)]
  return [
    ...head,
    exposed,
    ...containerStatuses.filter(({ready}) => ready !== true).map((one) => `WARNING: Pod ${name} Container ${one.name} NOT READY`),
    ...initContainerStatuses.filter(({ready}) => ready !== true).map((one) => `WARNING: Pod ${name} Init Container ${one.name} NOT READY`),
    ...(isMeshed(pod) ? [] : [`WARNING: ${name} is not part of mesh; no Istio sidecar`]),
  ]
}

/** The mode of the workload's own policy, else of its namespace's, else of the mesh's; PERMISSIVE where nobody says. */
function authenticationLines(pod: DescribedPod, {peerAuthentications}: PodView): readonly string[] {
  const own = peerAuthentications.filter((policy) => namespaceOf(policy) === namespaceOf(pod))
  const forWorkload = own.filter(({spec}) => spec?.selector?.matchLabels !== undefined && selects(spec.selector.matchLabels, pod.metadata.labels))
  const forNamespace = own.filter(({spec}) => spec?.selector === undefined)
  const forMesh = peerAuthentications.filter((policy) => namespaceOf(policy) === ROOT_NAMESPACE && policy.spec?.selector === undefined)
  const applied = [...new Set([...forWorkload, ...forNamespace, ...forMesh])]
  const mode = applied.map(({spec}) => spec?.mtls?.mode ?? 'UNSET').find((one) => one !== 'UNSET') ?? 'PERMISSIVE'
  const names = applied.map(({metadata}) => `${metadata.name}.${metadata.namespace ?? 'default'}`)
  return [
    'Effective PeerAuthentication:',
    indent(LEVEL[1], `Workload mTLS mode: ${mode}`),
    ...(names.length === 0 ? [] : ['Applied PeerAuthentication:', indent(LEVEL[1], names.join(', '))]),
  ]
}

import {selects} from '../../routing/labels.js'
import {namespaceOf} from '../../routing/naming.js'
import type {Service} from '../../routing/objects/service.js'
import {gatewayLines, type Ingress} from './gateway-lines.js'
import {shortName} from './lines.js'
import {isContainerReady, PROXY_CONTAINER, type DescribedPod} from './pod-facts.js'
import {serviceLines, type Describing} from './service-lines.js'

export interface ServiceView extends Describing {
  readonly pods: readonly DescribedPod[]
  /** Absent while no ingress gateway pod runs. */
  readonly ingress?: Ingress
}

/** `istioctl x describe service`, line by line. Only pods with a ready sidecar count (istioctl describe svcDescribeCmd). */
export function describeService(service: Service, view: ServiceView): readonly string[] {
  const {asked} = view
  const selected = view.pods.filter(
    (pod) => namespaceOf(pod) === namespaceOf(service) && hasSelector(service) && selects(service.spec?.selector, pod.metadata.labels),
  )
  const remarks = selected.flatMap((pod) => remarksOn(pod, asked))
  const meshed = selected.filter((pod) => pod.status?.phase === 'Running' && isContainerReady(pod, PROXY_CONTAINER) === true)
  if (selected.length === 0) return [`Service ${JSON.stringify(shortName(service.metadata, asked))} has no pods.`]
  if (meshed.length === 0) {
    return [
      ...remarks,
      `Service ${JSON.stringify(shortName(service.metadata, asked))} has no Istio pods.  (${selected.length} pods in service).`,
      'Use `istioctl kube-inject` or redeploy with Istio automatic sidecar injection.',
    ]
  }
  return [...remarks, ...serviceLines(service, meshed, view), ...ingressLines([service], view.ingress)]
}

export function ingressLines(services: readonly Service[], ingress: Ingress | undefined): readonly string[] {
  if (ingress === undefined) return ['Skipping Gateway information (no ingress gateway pods)']
  return services.flatMap((service) => gatewayLines(service, ingress))
}

function hasSelector({spec}: Service): boolean {
  return Object.keys(spec?.selector ?? {}).length > 0
}

function remarksOn(pod: DescribedPod, asked: string): readonly string[] {
  const {phase = 'Pending'} = pod.status ?? {}
  if (phase !== 'Running') return [`   Pod is not Running (${phase})`]
  const ready = isContainerReady(pod, PROXY_CONTAINER)
  if (ready === undefined) return [`Pod ${shortName(pod.metadata, asked)}: no container "${PROXY_CONTAINER}" in pod`]
  return ready ? [] : [`WARNING: Pod ${shortName(pod.metadata, asked)} Container ${PROXY_CONTAINER} NOT READY`]
}

import type {ContainerStatus, Pod} from '../../api/kinds/pod.js'
import {StatusError} from '../../api/status-error.js'

/**
 * Makes sure that a container has a log to read, of its present or its previous run. Throws a BadRequest in the API server's and the kubelet's words.
 * Source: kubernetes `registry/core/pod.LogLocation`, `kubelet.validateContainerLogStatus`.
 */
export function requireLog(pod: Pod, container: string, previous: boolean): void {
  const refusal = reasonAgainst(pod, container, previous)
  if (refusal !== undefined) throw new StatusError('BadRequest', refusal)
}

function reasonAgainst({metadata: {name}, spec, status}: Pod, container: string, previous: boolean): string | undefined {
  if ((spec.nodeName ?? '') === '') return `pod ${name} does not have a host assigned`
  const place = `container "${container}" in pod "${name}"`
  const found = [...(status?.containerStatuses ?? []), ...(status?.initContainerStatuses ?? [])].find((one) => one.name === container)
  if (found === undefined) return `${place} is not available`
  const {state = {}, lastState = {}} = found
  if (previous) return lastState.terminated === undefined ? `previous terminated ${place} not found` : undefined
  if (state.running !== undefined || state.terminated !== undefined || lastState.terminated !== undefined) return undefined
  return `${place} is waiting to start${whyItWaits(state)}`
}

function whyItWaits({waiting}: NonNullable<ContainerStatus['state']>): string {
  if (waiting?.reason === undefined) return ' - no logs yet'
  switch (waiting.reason) {
    case 'ErrImagePull':
      return ": image can't be pulled"
    case 'ImagePullBackOff':
      return ': trying and failing to pull image'
    default:
      return `: ${waiting.reason}`
  }
}

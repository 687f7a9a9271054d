import {formatMultiError} from '../../multi-error.js'
import type {HttpProbe, WorkloadGroup, WorkloadProbe} from '../workload-group.js'
import {checkPort} from './network.js'
import {checkReservedAnnotations} from './reserved-annotations.js'
import {checkTags} from './tags.js'
import {merge, refuse, type Verdict} from './verdict.js'

const COUNTS = ['periodSeconds', 'initialDelaySeconds', 'timeoutSeconds', 'successThreshold', 'failureThreshold'] as const

/** istiod's verdict on a WorkloadGroup (istio validation.go ValidateWorkloadGroup). */
export function admitWorkloadGroup(group: WorkloadGroup): Verdict {
  const {template, metadata, probe} = (group.spec ?? {}) as Partial<WorkloadGroup['spec']>
  if (template === undefined) return refuse('template is required')
  const {errors, isList} = checkTags(metadata?.labels)
  if (errors.length > 0) return refuse(`invalid labels: ${formatMultiError(errors, isList)}`)
  return merge(refuse(...checkReservedAnnotations(group)), refuse(...(probe === undefined ? [] : checkProbe(probe))))
}

function checkProbe(probe: WorkloadProbe): readonly string[] {
  return [...COUNTS.filter((count) => (probe[count] ?? 0) < 0).map((count) => `${count} must be non-negative`), ...checkMethod(probe)]
}

function checkMethod({httpGet, tcpSocket, exec, grpc}: WorkloadProbe): readonly string[] {
  if (httpGet !== undefined) return checkHttp(httpGet)
  if (tcpSocket !== undefined) return checkPort(tcpSocket.port ?? 0)
  if (exec !== undefined) return (exec.command ?? []).length === 0 ? ['exec.command is required'] : []
  return grpc === undefined ? ['unknown health check method <nil>'] : checkPort(grpc.port ?? 0)
}

function checkHttp({port = 0, scheme = '', httpHeaders = []}: HttpProbe): readonly string[] {
  return [
    ...checkPort(port),
    ...(['', 'HTTPS', 'HTTP'].includes(scheme) ? [] : ['httpGet.scheme must be one of "HTTPS", "HTTP"']),
    ...httpHeaders.flatMap((header) => (header === null ? ['invalid nil header'] : checkHeaderName(header.name ?? ''))),
  ]
}

function checkHeaderName(name: string): readonly string[] {
  if (name === '') return ['header name cannot be empty']
  return /^[-_A-Za-z0-9]+$/.test(name) ? [] : [`header name ${name} is not a valid header name`]
}

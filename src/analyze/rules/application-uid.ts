import {report} from '../finding.js'
import type {PodSpec} from '../inventory.js'
import type {Rule} from '../rule.js'
import {isControlPlane} from '../sidecars.js'

const PROXY_UID = 1337
const OWN_CONTAINERS = new Set(['istio-proxy', 'istio-operator'])

/** The user whose traffic is not sent through the sidecar, because it is the sidecar's own (istio deployment/pod.go). */
export const applicationUid: Rule = {
  name: 'applicationUID.Analyzer',
  description: 'Checks invalid application UID',
  codes: ['IST0144'],
  readsCoreKinds: true,
  *check({inventory}) {
    const pods = inventory.pods.map((subject) => ({subject, spec: subject.object.spec}))
    const templates = inventory.deployments.map((subject) => ({subject, spec: subject.object.spec?.template?.spec as PodSpec | undefined}))
    for (const {subject, spec = {}} of [...pods, ...templates]) {
      if (!isControlPlane(subject.object) && runsAsProxy(spec)) yield report(subject, 'IST0144', [])
    }
  },
}

function runsAsProxy({securityContext, containers = []}: PodSpec): boolean {
  const isProxyUser = (context: {readonly runAsUser?: number} | undefined) => context?.runAsUser === PROXY_UID
  return isProxyUser(securityContext) || containers.some((container) => !OWN_CONTAINERS.has(container.name ?? '') && isProxyUser(container.securityContext))
}

import type {KubeObject} from '../../api/object.js'
import {type AnalyzedObject, fullName} from '../analyzed-object.js'
import {report, type Finding} from '../finding.js'
import {labelsOf, type AnalyzedPod, type Inventory} from '../inventory.js'
import type {Rule} from '../rule.js'
import {INJECT, isAmbient, PROXY} from '../sidecars.js'

const INJECTION = 'istio-injection'
const REVISION = 'istio.io/rev'

/** Namespaces nobody has decided about, and pods that should have a sidecar and have none (istio injection/injection.go). */
export const injection: Rule = {
  name: 'injection.Analyzer',
  description: 'Checks conditions related to Istio sidecar injection',
  codes: ['IST0102', 'IST0103', 'IST0123', 'IST0148'],
  readsCoreKinds: true,
  *check({inventory}) {
    const injected = new Set<string>()
    for (const subject of inventory.namespaces) {
      const {object} = subject
      if (object.metadata.name === 'istio-system' || isAmbient(object)) continue
      yield* checkNamespace(subject, inventory)
      if (labelsOf(object)[INJECTION] === 'enabled' && labelsOf(object)[REVISION] === undefined) injected.add(object.metadata.name)
    }
    for (const pod of inventory.pods) if (injected.has(pod.object.metadata.namespace ?? '')) yield* checkPod(pod)
  },
}

function* checkNamespace(subject: AnalyzedObject, inventory: Inventory): Generator<Finding> {
  const {metadata} = subject.object
  const {[INJECTION]: label = '', [REVISION]: revision} = labelsOf(subject.object)
  const path = ['metadata', 'name']
  if (label === '' && revision === undefined) {
    yield isInjectedByDefault(inventory) ? report(subject, 'IST0148', [], path) : report(subject, 'IST0102', [metadata.name, metadata.name], path)
  }
  if (label !== '' && revision !== undefined) yield report(subject, 'IST0123', [[`${INJECTION}=${label}`, `${REVISION}=${revision}`]], path)
}

function* checkPod(subject: AnalyzedObject<AnalyzedPod>): Generator<Finding> {
  const {metadata, spec = {}} = subject.object
  const wish = metadata.labels?.[INJECT] ?? metadata.annotations?.[INJECT] ?? ''
  if (wish.toLowerCase() === 'false' || spec.hostNetwork === true || isRedirected(subject.object)) return
  const hasProxy = [...(spec.containers ?? []), ...(spec.initContainers ?? [])].some(({name, image = ''}) => name === PROXY && image !== '')
  if (!hasProxy) yield report(subject, 'IST0103', [fullName(subject.object)])
}

function isRedirected({metadata}: KubeObject): boolean {
  return metadata.annotations?.['ambient.istio.io/redirection'] === 'enabled'
}

/** What the injector's values say, if they are there. */
function isInjectedByDefault({configMaps}: Inventory): boolean {
  const values = configMaps.find(({object}) => object.metadata.name === 'istio-sidecar-injector')?.object.data?.['values'] ?? ''
  return /"enableNamespacesByDefault":\s*true/.test(values)
}

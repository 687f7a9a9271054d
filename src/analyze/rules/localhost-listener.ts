import {selects} from '../../routing/labels.js'
import type {AnalyzedObject} from '../analyzed-object.js'
import {report} from '../finding.js'
import {labelsOf, type AnalyzedPod, type Inventory} from '../inventory.js'
import type {PodSocket, Rule} from '../rule.js'

/** Servers that nobody but their own pod can reach although a Service leads to them (istioctl precheck, checkListeners). */
export const localhostListener: Rule = {
  name: 'pod.LocalhostListenerAnalyzer',
  description: 'Checks that the ports a Service exposes are not listened on by localhost alone',
  codes: ['IST0143'],
  readsCoreKinds: true,
  *check({inventory, listening}) {
    for (const subject of inventory.pods) {
      const sockets = listening(subject.object)
      if (sockets.length === 0) continue
      for (const port of exposedPorts(subject, inventory)) {
        if (isHidden(sockets.filter((socket) => socket.port === port), subject.object)) yield report(subject, 'IST0143', [String(port)])
      }
    }
  },
}

const LOOPBACK = new Set(['127.0.0.1', '0:0:0:0:0:0:0:1'])

/** A pod's own address is a loopback address of the machine too: it is the only one that Services lead to. */
function isHidden(sockets: readonly PodSocket[], {status}: AnalyzedPod): boolean {
  return sockets.length > 0 && sockets.every(({address}) => LOOPBACK.has(address) && address !== status?.podIP)
}

/** The ports of the pod that Services lead to, ascending. */
function exposedPorts({object}: AnalyzedObject<AnalyzedPod>, {services}: Inventory): readonly number[] {
  const {namespace = ''} = object.metadata
  const inFront = services.filter(({object: {metadata, spec}}) => {
    return (metadata.namespace ?? '') === namespace && spec?.selector !== undefined && selects(spec.selector, labelsOf(object))
  })
  const targets = inFront.flatMap(({object: {spec}}) => (spec?.ports ?? []).map(({port, targetPort = port}) => targetPort))
  const numbers = targets.flatMap((target) => (typeof target === 'number' ? target : (namedPort(object, target) ?? [])))
  return [...new Set(numbers)].sort((a, b) => a - b)
}

function namedPort({spec}: AnalyzedPod, name: string): number | undefined {
  const ports = (spec?.containers ?? []).flatMap((container) => container.ports ?? [])
  return ports.find((port) => port.name === name)?.containerPort
}

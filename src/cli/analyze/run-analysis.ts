import {analyze} from '../../analyze/analyze.js'
import type {AnalyzedObject} from '../../analyze/analyzed-object.js'
import type {Finding} from '../../analyze/finding.js'
import {inOrder} from '../../analyze/order.js'
import type {Rule} from '../../analyze/rule.js'
import {formatTime, objectKey, type KubeObject} from '../../api/object.js'
import {typeFor} from '../../api/registry.js'
import type {RunningFacts} from '../../daemon/control/running-facts.js'
import {clusterObjects, INGRESS} from '../../resources/cluster.js'
import type {ReadObjects} from './read-objects.js'
import {routingFindings} from './routing-findings.js'
import {isUsableSecret} from './usable-secret.js'
import {withLiveObjects} from './with-live-objects.js'

export interface AnalysisOptions {
  readonly files: ReadObjects
  /** What the store holds; undefined where files are all there is. */
  readonly live: readonly KubeObject[] | undefined
  /** Of the gateway process; undefined where none runs, or only files count. */
  readonly running: RunningFacts | undefined
  readonly rules: readonly Rule[]
  /** Unix epoch. */
  readonly nowMs: number
  readonly beforeRule: (rule: Rule) => void
}

/** Everything there is to say about the files as if they were applied on top of what is live. */
export async function runAnalysis({files, live, running, rules, nowMs, beforeRule}: AnalysisOptions): Promise<readonly Finding[]> {
  const objects = withLiveObjects(files.subjects, live ?? ingressAlone(), formatTime(nowMs))
  const findings = analyze({
    objects,
    rules,
    routing: await routingFindings(objects.map(({object}) => object), running),
    isUsable: (secret) => isUsableSecret(secret, nowMs),
    listening: (pod) => running?.listening[objectKey(pod)] ?? [],
    beforeRule,
  })
  return inOrder([...files.findings, ...findings.filter(isUsersOwn(files.subjects, live))])
}

/** Files are written for a cluster with an ingress gateway: istioctl adds one too. */
function ingressAlone(): readonly KubeObject[] {
  const objects = clusterObjects({podOctet: 64, ingressAddress: '127.0.0.1'})
  const parts = objects.filter(({kind, metadata}) => (kind === 'Service' || kind === 'Deployment') && metadata.name === INGRESS.name)
  return parts.map((object) => typeFor(object).defaults(object))
}

/** With files alone, nobody has to mend what was only added so that rules find it. */
function isUsersOwn(files: readonly AnalyzedObject[], live: readonly KubeObject[] | undefined): (finding: Finding) => boolean {
  const own = new Set(files.map(({source}) => source?.file))
  return ({subject}) => live !== undefined || subject === undefined || own.has(subject.source?.file)
}

import {selects} from '../../routing/labels.js'
import type {Gateway} from '../../routing/objects/gateway.js'
import type {AnalyzedObject} from '../analyzed-object.js'
import {report, type Finding} from '../finding.js'
import {selectorNotFound} from '../gateway-selector.js'
import type {Rule, RuleInput} from '../rule.js'
import {workloadsOf} from '../workloads.js'

/** Secrets are looked for where the gateway's pods are, not where the Gateway is (istio gateway/secret.go). */
export const gatewaySecrets: Rule = {
  name: 'gateway.SecretAnalyzer',
  description: "Checks a gateway's referenced secrets for correctness",
  codes: ['IST0101', 'IST0161'],
  readsCoreKinds: true,
  *check(input) {
    for (const subject of input.inventory.gateways) yield* checkCredentials(subject, input)
  },
}

function* checkCredentials(subject: AnalyzedObject<Gateway>, input: RuleInput): Generator<Finding> {
  const {inventory} = input
  const {selector, servers = []} = subject.object.spec ?? {}
  const pod = workloadsOf(inventory).find(({labels}) => selects(selector, labels))
  if (pod === undefined) {
    yield selectorNotFound(subject)
    return
  }
  for (const [index, {tls}] of servers.entries()) {
    const single = tls?.credentialName ?? ''
    if (single !== '') yield* checkCredential(single, {subject, input, namespace: pod.namespace, path: ['spec', 'servers', index, 'tls', 'credentialName']})
    for (const [place, name] of (tls?.credentialNames ?? []).entries()) {
      yield* checkCredential(name, {subject, input, namespace: pod.namespace, path: ['spec', 'servers', index, 'tls', 'credentialNames', place]})
    }
  }
}

interface Reference {
  readonly subject: AnalyzedObject<Gateway>
  readonly input: RuleInput
  readonly namespace: string
  readonly path: readonly (string | number)[]
}

function* checkCredential(name: string, {subject, input, namespace, path}: Reference): Generator<Finding> {
  const secret = input.inventory.find(input.inventory.secrets, name.includes('/') ? name : `${namespace}/${name}`)
  if (secret === undefined) yield report(subject, 'IST0101', ['credentialName', name], path)
  else if (!input.isUsable(secret.object)) yield report(subject, 'IST0161', [subject.object.metadata.name, namespace], path)
}

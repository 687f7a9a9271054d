import {isInjected} from '../../api/sidecar-injection.js'
import {report} from '../finding.js'
import {labelsOf, type Container} from '../inventory.js'
import type {Rule} from '../rule.js'
import {PROXY} from '../sidecars.js'

/** `image: auto` is for the injector to replace; what the injector's webhook would not be asked about stays broken (istio image-auto.go). */
export const imageAuto: Rule = {
  name: 'injection.ImageAutoAnalyzer',
  description: 'Makes sure that Pods and Deployments with `image: auto` are going to be injected',
  codes: ['IST0146', 'IST0147'],
  readsCoreKinds: true,
  *check({inventory}) {
    for (const subject of inventory.pods) {
      if (hasAutoImage(subject.object.spec?.containers)) yield report(subject, 'IST0147', ['Pod', subject.object.metadata.name])
    }
    for (const subject of inventory.deployments) {
      const {metadata, spec} = subject.object
      if (!hasAutoImage(spec?.template?.spec?.containers)) continue
      const name = metadata.namespace ?? 'default'
      const namespace = inventory.find(inventory.namespaces, name)
      const isAsked = isInjected(
        {name, labels: namespace === undefined ? {} : labelsOf(namespace.object)},
        {metadata: {labels: spec.template.metadata?.labels ?? {}}},
      )
      if (!isAsked) yield report(subject, 'IST0146', ['Deployment', metadata.name])
    }
  },
}

function hasAutoImage(containers: readonly Container[] = []): boolean {
  return containers.some(({name, image}) => name === PROXY && image === 'auto')
}

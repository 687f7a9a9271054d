import {fromLabelSelector, matches, type LabelSelector} from '../../api/labels.js'
import type {KubeObject} from '../../api/object.js'
import {StatusError} from '../../api/status-error.js'
import type {K8sListener} from '../objects/k8s-gateway.js'

const NAME_LABEL = 'kubernetes.io/metadata.name'

/**
 * A listener's host name for each namespace whose routes it takes, with `*` for every namespace: the form in which an Istio
 * Gateway says it. No namespace at all is `~` (istio buildHostnameMatch).
 */
export function listenerHosts({hostname, allowedRoutes}: K8sListener, namespace: string, namespaces: readonly KubeObject[]): readonly string[] {
  const host = hostname ?? '*'
  const allowed = allowedNamespaces(allowedRoutes?.namespaces, namespace, namespaces)
  return allowed.length === 0 ? [`~/${host}`] : allowed.map((name) => `${name}/${host}`)
}

type Allowed = NonNullable<NonNullable<K8sListener['allowedRoutes']>['namespaces']>

function allowedNamespaces(allowed: Allowed | undefined, namespace: string, namespaces: readonly KubeObject[]): readonly string[] {
  const from = allowed?.from ?? 'Same'
  if (from === 'Same') return [namespace]
  if (from === 'All' || allowed?.selector === undefined) return ['*']
  return selected(allowed.selector, namespaces)
}

/** Every namespace counts as labelled with its name. A selector that cannot be read selects nothing. */
function selected(selector: LabelSelector, namespaces: readonly KubeObject[]): readonly string[] {
  try {
    const requirements = fromLabelSelector(selector)
    return namespaces
      .filter(({metadata}) => matches(requirements, {...metadata.labels, [NAME_LABEL]: metadata.name}))
      .map(({metadata}) => metadata.name)
      .sort()
  } catch (error) {
    if (error instanceof StatusError) return []
    throw error
  }
}

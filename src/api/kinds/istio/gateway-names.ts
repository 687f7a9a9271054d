import {checkFqdn, isLabel} from './domain.js'
import {FINE, merge, refuse, warn, type Verdict} from './verdict.js'

/**
 * Names of Gateways in a VirtualService. istiod looks at nothing after the first name without a namespace, and `mesh` is one
 * (istio validateGatewayNames).
 */
export function checkGatewayNames(names: readonly string[] = []): Verdict {
  const short = names.findIndex((name) => !name.includes('/'))
  const qualified = short === -1 ? names : names.slice(0, short)
  return merge(refuse(...qualified.flatMap(checkQualified)), short === -1 ? FINE : checkShort(names[short] ?? ''))
}

function checkShort(name: string): Verdict {
  const [gateway = '', namespace] = name.split('.')
  const errors = refuse(...checkFqdn(name))
  if (namespace === undefined) return errors
  const better = JSON.stringify(`${namespace}/${gateway}`)
  return merge(warn(`using legacy gatewayName format ${JSON.stringify(name)}; prefer the <namespace>/<name> format: ${better}`), errors)
}

function checkQualified(text: string): readonly string[] {
  const slash = text.indexOf('/')
  const [namespace, name] = [text.slice(0, slash), text.slice(slash + 1)]
  return [
    ...(namespace === '' || name === '' ? ['config namespace and gateway name cannot be empty'] : []),
    ...(isLabel(namespace) ? [] : [`invalid value for namespace: ${JSON.stringify(namespace)}`]),
    ...(isLabel(name) ? [] : [`invalid value for gateway name: ${JSON.stringify(name)}`]),
  ]
}

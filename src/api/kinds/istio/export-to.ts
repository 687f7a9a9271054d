import {isLabel} from './domain.js'

/**
 * What is wrong with `exportTo`; a rule that selects workloads can only be for its own namespace, and only a ServiceEntry for nobody
 * (istio validateExportTo).
 */
export function checkExportTo(
  entries: readonly string[] = [],
  namespace: string,
  {selectsWorkloads = false, allowsNobody = false}: {readonly selectsWorkloads?: boolean; readonly allowsNobody?: boolean} = {},
): readonly string[] {
  const seen = new Set<string>()
  const errors = entries.flatMap((entry) => {
    const key = entry === '.' ? namespace : entry
    if (seen.has(key))
      return [key === entry ? `duplicate entries in exportTo for entry ${entry}` : `duplicate entries in exportTo: . and current namespace ${namespace}`]
    const wrong = allowsNobody && key === '~' ? [] : checkEntry(key)
    if (wrong.length === 0) seen.add(key)
    return wrong
  })
  const ofSelector = selectsWorkloads && seen.size > 0 ? checkSelectorScope(seen, namespace) : []
  const isMixed = seen.has('*') && entries.length > 1
  return [
    ...errors,
    ...ofSelector,
    ...(isMixed ? ['cannot have both public (*) and non-public exportTo values for a resource'] : []),
    ...(seen.has('~') && entries.length > 1 ? ['cannot export service entry to no one (~) and someone'] : []),
  ]
}

function checkEntry(key: string): readonly string[] {
  if (key === '~') return ['exportTo ~ (none) is not allowed for Istio configuration objects']
  return key === '*' || key === '.' || isLabel(key) ? [] : ['only .,*, or a valid DNS 1123 label is allowed as exportTo entry']
}

function checkSelectorScope(seen: ReadonlySet<string>, namespace: string): readonly string[] {
  if (!seen.has(namespace)) return ['destination rule with workload selector cannot have exportTo beyond current namespace']
  return seen.size > 1 ? ['destination rule with workload selector cannot have multiple entries in exportTo'] : []
}

import type {Json} from '../../api/object.js'
import {dumpParts} from '../../inspect/dump-parts.js'
import {textAt} from '../../inspect/envoy/reading.js'
import {formatJson} from '../../output/json.js'
import {diffLines} from '../../shift/line-diff.js'

/**
 * Says, kind by kind, whether two config dumps match, with the difference of each resource where they do not
 * (istioctl writer/compare).
 */
export function compareConfigs(wanted: Json, inForce: Json): string {
  const [should, has] = [dumpParts(wanted), dumpParts(inForce)]
  return [
    compareKind('Clusters', should.clusters, has.clusters),
    compareKind('Listeners', should.listeners, has.listeners),
    compareKind('Routes', should.routes, has.routes),
  ].join('')
}

function compareKind(kind: string, should: readonly Json[], has: readonly Json[]): string {
  const [a, b] = [textsByName(should), textsByName(has)]
  const names = [...new Set([...a.keys(), ...b.keys()])].filter((name) => a.get(name) !== b.get(name)).sort()
  if (names.length === 0) return `${kind} Match\n`
  const diffs = names.map((name) => `--- Istiod ${kind}: ${name}\n+++ Envoy ${kind}: ${name}\n${diffLines(a.get(name) ?? '', b.get(name) ?? '')}`)
  return `${kind} Don't Match\n${diffs.join('')}`
}

function textsByName(resources: readonly Json[]): ReadonlyMap<string, string> {
  return new Map(resources.map((resource) => [textAt(resource, 'name'), formatJson(resource)]))
}

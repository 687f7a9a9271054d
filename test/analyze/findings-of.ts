import {analyze} from '../../src/analyze/analyze.js'
import type {AnalyzedObject} from '../../src/analyze/analyzed-object.js'
import type {Finding} from '../../src/analyze/finding.js'
import {originOf} from '../../src/analyze/order.js'
import {prepare} from '../../src/analyze/prepare.js'
import type {PodSocket, Rule} from '../../src/analyze/rule.js'
import {parseManifest} from '../../src/api/manifest/manifest.js'
import {findByKind} from '../../src/api/registry.js'
import type {KubeObject} from '../../src/api/object.js'
import type {RoutingFinding} from '../../src/routing/routing.js'

export interface Given {
  readonly rules: readonly Rule[]
  readonly routing?: readonly RoutingFinding[]
  readonly isUsable?: (name: string) => boolean
  /** By the pod's name. */
  readonly listening?: Readonly<Record<string, readonly PodSocket[]>>
}

/** Analyzes a manifest as the CLI does, with `f.yaml` as the file. */
export function analyzeText(text: string, {rules, routing = [], isUsable = () => true, listening = {}}: Given): readonly Finding[] {
  return analyze({objects: objectsIn(text), rules, routing, isUsable: ({metadata}) => isUsable(metadata.name), listening: ({metadata}) => listening[metadata.name] ?? []})
}

/** The objects of a manifest; fails the test where one cannot be read. */
export function objectsIn(text: string): readonly AnalyzedObject[] {
  return parseManifest(text, 'f.yaml').map((result) => {
    if (result.type === 'problem') throw new Error(result.message)
    const written = result.object as KubeObject
    const [group, version] = written.apiVersion.includes('/') ? written.apiVersion.split('/') : ['', written.apiVersion]
    const type = findByKind(group ?? '', version ?? '', written.kind)
    if (type === undefined) throw new Error(`unknown kind ${written.kind}`)
    const metadata = type.namespaced ? {...written.metadata, namespace: written.metadata.namespace ?? 'default'} : written.metadata
    const {subject, findings} = prepare(type, {...written, metadata}, {file: 'f.yaml', line: result.source.line, lineOf: (path) => result.lineOf(path)})
    if (subject === undefined) throw new Error(findings.map(({message}) => message).join('\n'))
    return subject
  })
}

/** `IST0101 VirtualService default/a f.yaml:3: message` */
export function printFindings(findings: readonly Finding[]): readonly string[] {
  return findings.map((finding) => `${finding.code} ${originOf(finding)}: ${finding.message}`)
}

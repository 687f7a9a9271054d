import type {AnalyzedObject} from '../../analyze/analyzed-object.js'
import type {Finding} from '../../analyze/finding.js'
import {prepare} from '../../analyze/prepare.js'
import {parseManifest, type ManifestDocument} from '../../api/manifest/manifest.js'
import type {KubeObject} from '../../api/object.js'
import {findByKind} from '../../api/registry.js'
import {readSources} from '../manifests/manifest-sources.js'

/** What files hold, as far as it can be analyzed. */
export interface ReadObjects {
  readonly subjects: readonly AnalyzedObject[]
  readonly findings: readonly Finding[]
  /** Documents that are none, with their place. */
  readonly problems: readonly {readonly file: string; readonly message: string}[]
  /** How many documents are of kinds nobody here knows. */
  readonly unknown: number
}

export interface ReadOptions {
  readonly filenames: readonly string[]
  readonly stdin: AsyncIterable<Buffer | string>
  /** Of objects that name none. */
  readonly namespace: string
}

/** Reads every document; one that is broken does not hide the others. Throws a UserError where a file cannot be read at all. */
export async function readObjects({filenames, stdin, namespace}: ReadOptions): Promise<ReadObjects> {
  const subjects: AnalyzedObject[] = []
  const findings: Finding[] = []
  const problems: {file: string; message: string}[] = []
  let unknown = 0
  for await (const {name, text} of readSources({filenames, recursive: false, stdin})) {
    const file = name === 'STDIN' ? '-' : name
    for (const result of parseManifest(text, file)) {
      if (result.type === 'problem') {
        problems.push(result)
        continue
      }
      const prepared = prepareDocument(result, namespace)
      if (prepared === undefined) unknown++
      else findings.push(...prepared.findings)
      if (prepared?.subject !== undefined) subjects.push(prepared.subject)
    }
  }
  return {subjects, findings, problems, unknown}
}

function prepareDocument(document: ManifestDocument, namespace: string): ReturnType<typeof prepare> | undefined {
  const written = document.object as KubeObject
  const slash = written.apiVersion.indexOf('/')
  const type = findByKind(written.apiVersion.slice(0, Math.max(slash, 0)), written.apiVersion.slice(slash + 1), written.kind)
  if (type === undefined) return undefined
  const {namespace: own, ...metadata} = (written.metadata ?? {}) as KubeObject['metadata']
  const placed = {...written, metadata: type.namespaced ? {...metadata, namespace: own ?? namespace} : metadata}
  return prepare(type, placed, {file: document.source.file, line: document.source.line, lineOf: (path) => document.lineOf(path)})
}

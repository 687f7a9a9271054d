import {readFileSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {parseAllDocuments, stringify} from 'yaml'
import {describe, expect, test} from 'vitest'
import {checkObject} from '../help/check-object.js'
import type {Json, JsonObject, KubeObject} from '../../src/api/object.js'
import {typeFor} from '../../src/api/registry.js'
import {compileAll} from '../../src/routing/compile-all.js'
import {INGRESS_PROXY, snapshotOf} from '../routing/snapshot-of.js'
import {BASE} from './base.js'
import {FIELD_CASES, type Claim, type FieldCase} from './fields.js'
import {readmeTable} from './readme-table.js'

const GENERATED = JSON.parse(readFileSync(path.resolve(import.meta.dirname, '../../src/api/schema/generated.json'), 'utf8')) as {
  readonly kinds: Readonly<Record<string, string>>
  readonly definitions: Readonly<Record<string, {readonly properties: Readonly<Record<string, string>>}>>
}
const documents = parseAllDocuments(BASE).map((document) => document.toJS() as KubeObject)

/** The objects of BASE with one field of one of them changed; null takes it away. */
function changed({object, at}: FieldCase, value: Json | undefined): readonly KubeObject[] {
  const [kind, name] = object.split('/')
  return documents.map((document) => (document.kind === kind && document.metadata.name === name && value !== undefined ? withField(document, at.split('.'), value) : document))
}

function withField(node: object, [key = '', ...rest]: readonly string[], value: Json): KubeObject {
  const copy: Record<string, unknown> = Array.isArray(node) ? ([...node] as unknown as Record<string, unknown>) : {...node}
  if (rest.length > 0) copy[key] = withField((copy[key] as object | undefined) ?? {}, rest, value)
  else if (value === null) delete copy[key]
  else copy[key] = value
  return copy as unknown as KubeObject
}

/** What the data plane is told, as text. */
function told(objects: readonly KubeObject[]): string {
  const {listeners, clusters} = compileAll(snapshotOf(objects.map((object) => stringify(object)).join('---\n')), INGRESS_PROXY)
  return JSON.stringify({listeners, clusters})
}

function outcome(field: FieldCase): Claim {
  const after = changed(field, field.to)
  const [kind, name] = field.object.split('/')
  const object = after.find((one) => one.kind === kind && one.metadata.name === name) as KubeObject & JsonObject
  const {refusal, admission} = checkObject(typeFor(object), object)
  if (refusal !== undefined || admission.errors.length > 0) return 'refused'
  return told(after) === told(changed(field, field.from)) ? 'no effect' : 'honoured'
}

describe('every field does what the README says of it', () => {
  test.each(FIELD_CASES.map((field) => [field.object, field.field, field] as const))('%s %s', (_object, _name, field) => {
    expect(outcome(field)).toBe(field.claim)
  })
})

test('the README has the table of them', () => {
  const readme = path.resolve(import.meta.dirname, '../../README.md')
  const [before = '', , after = ''] = readFileSync(readme, 'utf8').split(/(?<=<!-- fields -->\n)([^]*?)(?=\n<!-- \/fields -->)/)
  const wanted = `${before}${readmeTable(FIELD_CASES)}${after}`
  if (process.env['UPDATE_README'] === '1') writeFileSync(readme, wanted)
  expect(readFileSync(readme, 'utf8')).toBe(wanted)
})

describe('no field is left out', () => {
  test.each(['Gateway', 'VirtualService', 'DestinationRule', 'ServiceEntry', 'WorkloadEntry', 'K8sGateway', 'TCPRoute', 'TLSRoute'])('%s', (kind) => {
    const covered = FIELD_CASES.filter(({object}) => object.startsWith(kind === 'K8sGateway' ? 'Gateway/gtw' : `${kind}/`)).map(({field}) => field.replace(/ \(.*\)$/, ''))
    const isCovered = (leaf: string) => covered.some((field) => leaf === field || leaf.startsWith(`${field}.`) || leaf.startsWith(`${field}[`) || leaf.startsWith(`${field}{`) || leaf.startsWith(field))
    expect(leavesOf(kind).filter((leaf) => !isCovered(leaf))).toEqual([])
  })
})

/** Every path below `spec` that the schema of a kind has, lists as `[]`. */
function leavesOf(kind: string): readonly string[] {
  const spec = GENERATED.definitions[GENERATED.kinds[kind] ?? '']?.properties['spec'] ?? ''
  return expand(spec, '')
}

function expand(type: string, place: string): readonly string[] {
  const [, list = '', name] = /^((?:\[[^\]]*\]|\{[^}]*\})*)(?:#(.+))?/.exec(type) ?? []
  const here = place + (list.startsWith('[') ? '[]' : '')
  const properties = Object.entries(GENERATED.definitions[name ?? '']?.properties ?? {})
  if (properties.length === 0) return [place]
  return properties.flatMap(([key, inner]) => expand(inner, here === '' ? key : `${here}.${key}`))
}

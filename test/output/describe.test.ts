import {readFileSync} from 'node:fs'
import path from 'node:path'
import {describe, expect, test} from 'vitest'
import {parseAllDocuments} from 'yaml'
import type {KubeObject} from '../../src/api/object.js'
import {typeFor} from '../../src/api/registry.js'
import type {ResourceType} from '../../src/api/resource-type.js'
import {Vicinity} from '../../src/cli/verbs/describe-vicinity.js'
import {describerFor, formatDescription} from '../../src/output/describe/describers.js'
import {alignTabs} from '../../src/output/describe/elastic-tabs.js'
import {fieldsOf} from '../../src/output/describe/fields.js'
import {canonicalQuantity} from '../../src/output/describe/quantity.js'
import {titleOf} from '../../src/output/describe/split-words.js'
import type {Resources} from '../../src/resources/resources.js'

process.env['TZ'] = 'UTC'

const directory = path.join(import.meta.dirname, 'fixtures/describe')
const objects = parseAllDocuments(readFileSync(path.join(directory, 'objects.yaml'), 'utf8')).map((document) => document.toJSON() as KubeObject)
/** What kubectl 1.35 says of the same objects, served to it by an API server; made once, at the moment in its first line. */
const [first = '', ...sections] = readFileSync(path.join(directory, 'kubectl.txt'), 'utf8').split(/^\$ /m)
const nowMs = Number(/\d+/.exec(first)?.[0])

const resources = {
  list: async (type: ResourceType, {namespace}: {namespace?: string}) => ({
    items: objects.filter((object) => typeFor(object) === type && (namespace === undefined || object.metadata.namespace === namespace)),
  }),
} as unknown as Resources

async function descriptionOf(object: KubeObject): Promise<string> {
  const [type, vicinity] = [typeFor(object), new Vicinity(resources)]
  const describer = describerFor(type)
  const neighbours = await vicinity.neighboursOf(type, object, describer.needs ?? [])
  return formatDescription(describer, object, {nowMs, events: await vicinity.eventsAbout(type, object), neighbours})
}

describe('describe', () => {
  test.each(sections.map((section) => [section.slice(0, section.indexOf('\n')), section.slice(section.indexOf('\n') + 1)]))('%s as kubectl shows it', async (title, text) => {
    const [kind, name] = title.split(' ')
    const object = objects.find((one) => one.kind === kind && one.metadata.name === name)
    expect(object).toBeDefined()
    expect(object && (await descriptionOf(object))).toBe(text)
  })

  test('nothing someone may have stored makes a describer fall', () => {
    const kinds = [...new Set(objects.map(({kind, apiVersion}) => typeFor({kind, apiVersion})))]
    for (const type of kinds) {
      for (const spec of [null, 'text', [], {template: 1, selector: {matchLabels: []}, ports: {}, containers: [null, 1]}]) {
        const object = fieldsOf({metadata: {name: 'x', labels: [], annotations: 'a'}, spec, status: spec, data: 1, subsets: [null]})
        expect(() => describerFor(type).describe(object, {nowMs, events: [], neighbours: {}})).not.toThrow()
      }
    }
  })
})

test('columns are aligned within a run of lines that have them', () => {
  const lines = ['Name:\ta', 'A longer title:\tb', 'no cell', 'X:\tc\td', 'Y:\tcc\td', 'Z:\t', 'escape \x1b[0m']
  expect(alignTabs(lines)).toBe('Name:            a\nA longer title:  b\nno cell\nX:  c   d\nY:  cc  d\nZ:  \nescape ^[[0m\n')
})

test.each([
  ['1000m', '1'],
  ['0.5', '500m'],
  ['1024Mi', '1Gi'],
  ['1500Ki', '1500Ki'],
  ['128974848', '128974848'],
  ['1000k', '1M'],
  ['512', '512'],
  ['1.5Gi', '1536Mi'],
  ['2e3', '2e3'],
  ['0', '0'],
  ['-1000m', '-1'],
  ['100n', '100n'],
  ['0.00000000011', '1n'],
  ['nonsense', 'nonsense'],
])('the quantity %s is %s', (written, canonical) => {
  expect(canonicalQuantity(written)).toBe(canonical)
})

test.each([
  ['apiVersion', 'API Version'],
  ['creationTimestamp', 'Creation Timestamp'],
  ['clusterIPs', 'Cluster I Ps'],
  ['uid', 'UID'],
  ['HTTPRoute', 'HTTP Route'],
  ['x.y/z', 'x.y/z'],
  ['v1', 'v1'],
])('the field %s is titled %s', (field, title) => {
  expect(titleOf(field)).toBe(title)
})

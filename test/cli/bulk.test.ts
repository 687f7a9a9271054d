import {beforeEach, describe, expect, test} from 'vitest'
import {configMapType} from '../../src/api/kinds/config-map.js'
import type {KubeObject} from '../../src/api/object.js'
import {createFiles} from '../../src/cli/create/create-files.js'
import {applyFiles} from '../../src/cli/verbs/apply.js'
import {getTargets} from '../../src/cli/verbs/get.js'
import {deleteAll, doomedByTargets} from '../../src/cli/verbs/delete.js'
import {markAll} from '../../src/cli/verbs/mark.js'
import {replaceFiles} from '../../src/cli/verbs/replace.js'
import type {Outcome} from '../../src/cli/verbs/outcome.js'
import {selectObjects} from '../../src/cli/verbs/select-objects.js'
import {settle} from '../../src/daemon/lifecycle/settle.js'
import {bootstrap} from '../../src/resources/bootstrap.js'
import {Resources} from '../../src/resources/resources.js'
import {countingStore} from '../help/counting-store.js'

const COUNT = 600
/** One for every 256 objects. */
const COMMITS = 3

const map = (name: string, value = '', namespace = 'default') => `{apiVersion: v1, kind: ConfigMap, metadata: {name: ${name}, namespace: ${namespace}, labels: {app: bulk}}, data: {value: '${value}'}}\n`
const names = Array.from({length: COUNT}, (_, i) => `map-${i}`)
const written = (documents: readonly string[]) => ({
  filenames: ['-'],
  recursive: false,
  namespace: undefined,
  dryRun: 'none' as const,
  fieldValidation: 'Strict' as const,
  fieldManager: 'kubectl',
  managedFields: false,
  stdin: (async function* () {
    yield documents.join('---\n')
  })(),
})
const said = async (outcomes: AsyncIterable<Outcome>) => {
  const lines: string[] = []
  for await (const outcome of outcomes) lines.push(outcome.type === 'done' ? `${outcome.object.metadata.name} ${outcome.operation}` : outcome.text)
  return lines
}

describe('many objects at once', () => {
  let resources: Resources
  let count: {commits: number; lists: number}
  beforeEach(async () => {
    const counting = countingStore()
    count = counting.count
    resources = new Resources({store: counting.store})
    await bootstrap(resources, {podOctet: 64, ingressAddress: '127.0.0.1'})
    Object.assign(count, {commits: 0, lists: 0})
  })
  const apply = (documents: readonly string[]) => said(applyFiles({...written(documents), overwrite: true}, resources))
  const policy = {nodeAlive: false, ignoreNotFound: false, dryRun: 'none' as const}

  test('share commits when they are applied, and are told of in their order', async () => {
    expect(await apply(names.map((name) => map(name)))).toEqual(names.map((name) => `${name} created`))
    expect(count.commits).toBe(COMMITS)
  })

  test('are not written where nothing changes, and not looked for among each other', async () => {
    await apply(names.map((name) => map(name)))
    Object.assign(count, {commits: 0, lists: 0})
    expect(await apply(names.map((name) => map(name)))).toEqual(names.map((name) => `${name} unchanged`))
    expect(count).toEqual({commits: 0, lists: 0})
  })

  test('are none of the business of a command about one of them', async () => {
    await apply(names.map((name) => map(name)))
    Object.assign(count, {commits: 0, lists: 0})
    expect(await apply([map('map-7', 'new')])).toEqual(['map-7 configured'])
    const [found] = await getTargets([{type: configMapType, name: 'map-7'}], {namespace: 'default', ignoreNotFound: false}, resources)
    expect([found?.objects.length, count]).toEqual([1, {commits: 1, lists: 0}])
  })

  test('share commits when they are created, replaced, labelled and deleted', async () => {
    const from = (documents: readonly string[]) => ({...written(documents), savesConfig: false})
    expect(await said(createFiles(from(names.map((name) => map(name))), resources))).toEqual(names.map((name) => `${name} created`))
    expect(await said(replaceFiles({...from(names.map((name) => map(name, 'new'))), isAnew: false}, resources))).toEqual(names.map((name) => `${name} replaced`))
    expect(count.commits).toBe(2 * COMMITS)
    Object.assign(count, {commits: 0})
    const all = {words: ['cm'], recursive: false, stdin: process.stdin, namespace: 'default', 'all-namespaces': false, selector: 'app=bulk', all: false}
    const change = {kind: 'label' as const, set: {x: 'y'}, remove: []}
    const marking = {change, overwrite: false, dryRun: 'none' as const, fieldManager: 'kubectl', isLocal: false, managedFields: false}
    expect(new Set(await said(markAll(selectObjects(all, resources), marking, resources)))).toEqual(new Set(names.map((name) => `${name} labeled`)))
    expect(count.commits).toBe(COMMITS)
    Object.assign(count, {commits: 0})
    const doomed = doomedByTargets([{type: configMapType}], {namespace: 'default', all: true}, policy, resources)
    let deleted = 0
    for await (const {type} of deleteAll(doomed, policy, resources)) if (type === 'deleted') deleted++
    expect({deleted, commits: count.commits}).toEqual({deleted: COUNT, commits: COMMITS})
  })

  test('a later document of the same object sees the earlier, a refused one keeps none back', async () => {
    const documents = [map('a', '1'), map('b'), map('a', '2'), map('c', '', 'nowhere'), map('a', '2')]
    const refusal = 'Error from server (NotFound): error when creating "STDIN": namespaces "nowhere" not found'
    expect(await apply(documents)).toEqual(['a created', 'b created', 'a configured', refusal, 'a unchanged'])
  })

  test('a namespace and a definition are there for what comes after them', async () => {
    const definition =
      'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: widgets.example.com}\nspec:\n  group: example.com\n  scope: Namespaced\n' +
      '  names: {kind: Widget, plural: widgets, singular: widget, listKind: WidgetList}\n' +
      '  versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}}]\n'
    const documents = [map('first'), '{apiVersion: v1, kind: Namespace, metadata: {name: new}}\n', map('second', '', 'new'), definition, '{apiVersion: example.com/v1, kind: Widget, metadata: {name: third}}\n']
    expect(await apply(documents)).toEqual(['first created', 'new created', 'second created', 'widgets.example.com created', 'third created'])
  })

  test('every Service gets an address and node ports of its own, and controllers share commits as well', async () => {
    await settle(resources)
    Object.assign(count, {commits: 0, lists: 0})
    const service = (name: string) => `{apiVersion: v1, kind: Service, metadata: {name: ${name}}, spec: {type: NodePort, selector: {app: bulk}, ports: [{port: 80}]}}\n`
    const many = Array.from({length: 300}, (_, i) => `service-${i}`)
    expect(await apply(many.map(service))).toEqual(many.map((name) => `${name} created`))
    expect(count).toEqual({commits: 2, lists: 2})
    const {items} = await resources.listAll()
    const specs = items.filter(({kind, metadata}) => kind === 'Service' && many.includes(metadata.name)).map((one) => (one as KubeObject & {spec: {clusterIP: string; ports: {nodePort?: number}[]}}).spec)
    Object.assign(count, {commits: 0})
    await settle(resources)
    const made = (await resources.listAll()).items.filter(({kind, metadata}) => kind.startsWith('Endpoint') && metadata.name.startsWith('service-'))
    expect({made: made.length, commits: count.commits}).toEqual({made: 600, commits: 3}) // Endpoints and EndpointSlices
    expect([new Set(specs.map(({clusterIP}) => clusterIP)).size, new Set(specs.flatMap(({ports}) => ports.flatMap(({nodePort}) => nodePort ?? []))).size]).toEqual([300, 300])
  })
})

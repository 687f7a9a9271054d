import {expect, test} from 'vitest'
import {configMapType} from '../../../src/api/kinds/config-map.js'
import {deploymentType} from '../../../src/api/kinds/deployment.js'
import {serviceType} from '../../../src/api/kinds/service.js'
import type {KubeObject} from '../../../src/api/object.js'
import {StatusError} from '../../../src/api/status-error.js'
import {UserError} from '../../../src/base/user-error.js'
import {requireClearSelection, requireNamesOrSelection, type SelectionFlags} from '../../../src/cli/verbs/get-arguments.js'
import {readsManagedFields} from '../../../src/cli/verbs/get-managed-fields.js'
import {printFound, type PrintOptions} from '../../../src/cli/verbs/get-print.js'
import {getRaw} from '../../../src/cli/verbs/get-raw.js'
import {subresourceOf} from '../../../src/cli/verbs/get-scale.js'
import {requireGetFlags, type GetValues} from '../../../src/cli/verbs/get-validate.js'
import {watchFound} from '../../../src/cli/verbs/get-watch.js'
import {getTargets, listType} from '../../../src/cli/verbs/get.js'
import {parseSelector} from '../../../src/api/labels.js'
import {printerFor} from '../../../src/output/printers.js'
import {freshCluster} from '../../help/cluster.js'

const configMap = (name: string, labels: Readonly<Record<string, string>> = {}) => ({apiVersion: 'v1', kind: 'ConfigMap', metadata: {name, namespace: 'default', labels}}) as KubeObject
const all = {namespace: 'default', ignoreNotFound: false}

test.each<[words: readonly string[], flags: SelectionFlags, message: string | undefined]>([
  [['pods'], {selector: 'a=b'}, undefined],
  [['pods', 'a'], {selector: 'a=b'}, 'name cannot be provided when a selector is specified'],
  [['pods/a'], {'field-selector': 'a=b'}, 'selectors and the all flag cannot be used when passing resource/name arguments'],
  [['pods', 'a'], {'all-namespaces': true}, 'a resource cannot be retrieved by name across all namespaces'],
  [['pods,svc', 'a'], {}, undefined],
  [['pods,svc', 'a'], {selector: 'a=b'}, 'selectors and the all flag cannot be used when passing resource/name arguments'],
  [['pods'], {filename: ['-', 'missing']}, 'the path "missing" does not exist'],
  [['pods/a'], {filename: ['-']}, 'resource/name arguments cannot be provided when a path is specified'],
  [['pods'], {filename: ['-']}, 'when paths, URLs, or stdin is provided as input, you may not specify resource arguments as well'],
])('%j with %j', (words, flags, message) => {
  const check = () => requireClearSelection(words, flags)
  if (message === undefined) expect(check).not.toThrow()
  else expect(check).toThrow(new UserError(message))
})

test('a bare type needs a selection where a verb does not mean all of it', () => {
  expect(() => requireNamesOrSelection(['pods'], {})).toThrow(new UserError('resource(s) were provided, but no name was specified'))
  expect(() => requireNamesOrSelection(['pods'], {all: true})).not.toThrow()
})

test.each<[flags: Partial<GetValues>, words: readonly string[], message: string]>([
  [{raw: '/x'}, ['pods'], 'arguments may not be passed when --raw is specified'],
  [{raw: '/x', output: 'json'}, [], '--raw and --output are mutually exclusive'],
  [{'show-labels': true, output: 'yaml'}, ['pods'], '--show-labels option cannot be used with yaml printer'],
  [{'output-watch-events': true}, ['pods'], '--output-watch-events option can only be used with --watch or --watch-only'],
  [{subresource: 'status'}, ['pods'], 'subresource cannot be used when bulk resources are specified'],
])('%j is refused', (flags, words, message) => {
  const none = {recursive: false, 'all-namespaces': false, 'show-labels': false, watch: false, 'watch-only': false, 'output-watch-events': false} as GetValues
  expect(() => requireGetFlags({...none, ...flags}, words)).toThrow(message)
})

test.each<[flags: Partial<GetValues>, reads: boolean]>([
  [{}, false],
  [{output: 'wide', 'show-managed-fields': true}, false],
  [{output: 'yaml'}, false],
  [{output: 'yaml', 'show-managed-fields': true}, true],
  [{output: 'jsonpath={.metadata.managedFields}'}, true],
  [{template: '{{.metadata}}'}, true],
])('%j needs managedFields: %j', (flags, reads) => {
  expect(readsManagedFields({'allow-missing-template-keys': true, 'show-managed-fields': false, ...flags})).toBe(reads)
})

test('managedFields come with objects listed, named and watched, where they are asked for', async () => {
  const {resources} = await freshCluster()
  await resources.as('kubectl-create').create(configMap('a'))
  const options = {...all, managedFields: true}
  const [listed] = await getTargets([{type: configMapType}], options, resources)
  const [named] = await getTargets([{type: configMapType, name: 'a'}], options, resources)
  const managers = (objects: readonly KubeObject[]) => objects.map(({metadata}) => metadata.managedFields?.map(({manager}) => manager))
  expect(managers(listed?.objects ?? [])).toEqual([['kubectl-create']])
  expect(managers(named?.objects ?? [])).toEqual([['kubectl-create']])
  const stopped = new AbortController()
  if (listed !== undefined) {
    await resources.as('kubectl-edit').create(configMap('b'))
    for await (const {object} of watchFound(listed, {...options, signal: stopped.signal}, resources)) {
      expect(managers([object])).toEqual([['kubectl-edit']])
      stopped.abort()
    }
  }
})

test('targets are found in their order, neighbours of one type together, the missing by themselves', async () => {
  const {resources} = await freshCluster()
  await resources.create(configMap('a'))
  const targets = [{type: configMapType, name: 'a'}, {type: configMapType, name: 'x'}, {type: serviceType, name: 'kubernetes'}, {type: configMapType, name: 'a'}]
  const found = await getTargets(targets, all, resources)
  expect(found.map(({type, objects, missing}) => [type.kind, objects.map(({metadata}) => metadata.name), missing.map(({message}) => message)])).toEqual([
    ['ConfigMap', ['a'], ['configmaps "x" not found']],
    ['Service', ['kubernetes'], []],
    ['ConfigMap', ['a'], []],
  ])
})

test('a field that a type cannot be asked for is refused as kubectl says it', async () => {
  const {resources} = await freshCluster()
  const text = 'Unable to find "apps/v1, Resource=deployments" that match label selector "a=b", field selector "x=y": "x" is not a known field selector: only "metadata.name", "metadata.namespace"'
  await expect(listType(deploymentType, {namespace: 'default', selectorText: 'a=b', fieldSelector: 'x=y'}, resources)).rejects.toThrow(new StatusError('BadRequest', text))
})

test('a watch adds what begins to match, and deletes what ceases to', async () => {
  const {resources} = await freshCluster()
  await resources.create(configMap('a', {app: 'x'}))
  const stopped = new AbortController()
  const options = {...all, selector: parseSelector('app=x'), fieldSelector: 'metadata.name!=z', signal: stopped.signal}
  const first = await listType(configMapType, options, resources)
  const steps = [configMap('b'), configMap('z', {app: 'x'})]
  for (const object of steps) await resources.create(object)
  await resources.update(configMap('b', {app: 'x'}))
  await resources.update(configMap('b', {app: 'x', more: '1'}))
  await resources.update(configMap('a', {app: 'y'}))
  await resources.remove(await resources.get(configMapType, 'default', 'b'))
  const seen: string[] = []
  for await (const {type, object} of watchFound(first, options, resources)) {
    seen.push(`${type} ${object.metadata.name}`)
    if (seen.length === 4) stopped.abort()
  }
  expect(seen).toEqual(['ADDED b', 'MODIFIED b', 'DELETED a', 'DELETED b'])
})

test('what is printed where nothing is found depends on the format', () => {
  const nothing = [{type: configMapType, objects: [], missing: [], resourceVersion: '1'}]
  const printed = (output: string, more: Partial<PrintOptions> = {}) =>
    printFound(nothing, {printer: printerFor(output, {clock: {now: () => 0}}), isTable: output === '', namespace: 'demo', ignoreNotFound: false, isSingle: false, isNamed: false, ...more})
  expect([printed(''), printed('', {namespace: undefined}), printed('', {ignoreNotFound: true}), printed('name'), printed('json', {ignoreNotFound: true})]).toEqual([
    {out: '', notice: 'No resources found in demo namespace.'},
    {out: '', notice: 'No resources found'},
    {out: ''},
    {out: ''},
    {out: ''},
  ])
  expect(printed('jsonpath={.kind} {.items}')).toEqual({out: 'List []'})
})

test('a table is sorted by itself; several, as kubectl has them, have nothing to be sorted by', () => {
  const found = (...names: readonly string[]) => ({type: configMapType, objects: names.map((name) => configMap(name)), missing: [], resourceVersion: '1'})
  const printed = (tables: readonly ReturnType<typeof found>[], sortBy: string, isNamed = false) =>
    printFound(tables, {...{printer: printerFor('', {clock: {now: () => 0}, hidesHeaders: true}), isTable: true, namespace: 'demo', ignoreNotFound: false, isSingle: false}, sortBy, isNamed})
  const nothing = {out: '', notice: 'No resources found in demo namespace.'}
  expect(printed([found('b', 'a')], '.metadata.name').out.match(/^\w/gm)).toEqual(['a', 'b'])
  expect([printed([found('b', 'a')], '.nope'), printed([found('b', 'a')], '{.x')]).toEqual([nothing, nothing])
  expect(printed([found('b')], '.nope').out).toMatch(/^b /)
  for (const [tables, isNamed] of [[[found('a'), found('b')], false], [[found('a', 'b')], true]] as const) {
    expect(() => printed(tables, '.metadata.name', isNamed)).toThrow(`couldn't find any field with path "{.metadata.name}" in the list of objects`)
  }
})

test('scale is shown of what can be scaled, status of what has one', async () => {
  const {resources} = await freshCluster()
  const found = await listType(deploymentType, {namespace: 'istio-system'}, resources)
  const {type, objects} = subresourceOf(found, 'scale')
  expect([type.kind, objects.map(({kind, metadata}) => `${kind} ${metadata.name}`)]).toEqual(['Scale', ['Scale istio-ingressgateway']])
  expect(subresourceOf(found, 'status')).toBe(found)
  for (const [one, name] of [[configMapType, 'status'], [serviceType, 'scale'], [deploymentType, 'log']] as const) {
    expect(() => subresourceOf({...found, type: one}, name)).toThrow('the server could not find the requested resource')
  }
})

test('raw paths lead to objects, lists and health', async () => {
  const {resources} = await freshCluster()
  const names = (text: string) => (JSON.parse(text) as {kind: string; items: readonly KubeObject[]}).items.map(({metadata}) => metadata.name)
  expect(names(await getRaw('/api/v1/namespaces/default/services?limit=5', resources))).toEqual(['kubernetes'])
  expect(JSON.parse(await getRaw('/api/v1/namespaces/default', resources))).toMatchObject({kind: 'Namespace', metadata: {name: 'default'}})
  expect(names(await getRaw('/apis/apps/v1/deployments', resources))).toEqual(['istio-ingressgateway'])
  expect(await getRaw('/livez', resources)).toBe('ok')
  await expect(getRaw('/apis/nope', resources)).rejects.toThrow('the server could not find the requested resource')
})

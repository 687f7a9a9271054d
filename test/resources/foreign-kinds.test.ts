import {beforeEach, describe, expect, test} from 'vitest'
import {customResourceDefinitionType} from '../../src/api/kinds/foreign/custom-resource-definition.js'
import {namespaceType} from '../../src/api/kinds/namespace.js'
import type {KubeObject} from '../../src/api/object.js'
import {types} from '../../src/api/registry.js'
import {isNotFound} from '../../src/api/status-error.js'
import {apply} from '../../src/resources/apply.js'
import {deleteObject} from '../../src/resources/deletion.js'
import type {Resources} from '../../src/resources/resources.js'
import {typeInStore, typesInStore} from '../../src/resources/types-in-store.js'
import {freshCluster} from '../help/cluster.js'

const definition = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: {name: 'widgets.example.com'},
  spec: {group: 'example.com', scope: 'Namespaced', names: {kind: 'Widget', plural: 'widgets'}, versions: [{name: 'v1', served: true, storage: true}]},
} as KubeObject
const widget = (spec: object) => ({apiVersion: 'example.com/v1', kind: 'Widget', metadata: {name: 'w', namespace: 'default'}, spec}) as KubeObject
const gone = {nodeAlive: false}

describe('kinds that do nothing here', () => {
  let resources: Resources
  beforeEach(async () => {
    ;({resources} = await freshCluster())
  })

  test('are told about when they come and when they change, not when they are labelled', async () => {
    const policy = (action: string, labels: object = {}) => ({apiVersion: 'security.istio.io/v1', kind: 'AuthorizationPolicy', metadata: {name: 'a', namespace: 'default', labels}, spec: {action}}) as KubeObject
    const warning = ['security.istio.io/v1 AuthorizationPolicy has no effect here, it is only stored']
    expect((await apply(resources, policy('DENY'))).warnings).toEqual(warning)
    expect((await apply(resources, policy('DENY'))).warnings).toEqual([])
    expect((await apply(resources, policy('DENY', {a: 'b'}))).warnings).toEqual([])
    expect((await apply(resources, policy('ALLOW'))).warnings).toEqual(warning)
  })

  test('http routes are told about, and kept', async () => {
    const virtualService = {apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', metadata: {name: 'v', namespace: 'default'}, spec: {hosts: ['a'], http: [{route: [{destination: {host: 'a'}}]}]}} as KubeObject
    const {object, warnings} = await resources.create(virtualService)
    expect(warnings).toEqual(['spec.http has no effect here, only tcp and tls routes are served'])
    expect(object).toMatchObject(virtualService)
  })

  test('a definition makes a kind, until it is deleted and takes its objects along', async () => {
    await expect(resources.create(widget({}))).rejects.toThrow('no matches for kind "Widget" in version "example.com/v1"')
    const {object: defined} = await resources.create(definition)
    expect(defined).toMatchObject({status: {conditions: [{type: 'NamesAccepted'}, {type: 'Established', status: 'True'}], storedVersions: ['v1']}})
    const {object} = await resources.create(widget({a: [null, {b: null}], 'c.d': 1}))
    expect(object).toMatchObject({spec: {a: [null, {b: null}], 'c.d': 1}, metadata: {generation: 1, uid: expect.any(String)}})
    const type = await typeInStore(resources, widget({}))
    await deleteObject(resources, defined, gone)
    await expect(resources.get(type, 'default', 'w')).rejects.toSatisfy(isNotFound)
    expect(await typesInStore(resources)).not.toContainEqual(expect.objectContaining({kind: 'Widget'}))
  })

  test('a namespace takes objects of every kind along', async () => {
    await resources.create({apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'n'}})
    await resources.create(definition)
    await resources.create({...widget({}), metadata: {name: 'w', namespace: 'n'}})
    await deleteObject(resources, await resources.get(namespaceType, undefined, 'n'), gone)
    expect((await resources.list(await typeInStore(resources, widget({})))).items).toEqual([])
  })

  test("Istio's and the Gateway API's own definitions are there and make no second type", async () => {
    const {items} = await resources.list(customResourceDefinitionType)
    expect(items.map(({metadata}) => metadata.name).sort()).toEqual(types.filter(({builtin}) => !builtin).map(({plural, group}) => `${plural}.${group}`).sort())
    expect((await typesInStore(resources)).filter(({kind}) => kind === 'VirtualService')).toHaveLength(1)
  })
})

import {describe, expect, test} from 'vitest'
import {customResourceDefinitionType, typesOfDefinitions, type CustomResourceDefinition} from '../../../src/api/kinds/foreign/custom-resource-definition.js'
import {valuesAt} from '../../../src/api/kinds/foreign/printer-path.js'
import type {KubeObject} from '../../../src/api/object.js'
import {findResource, foreignTypes, knownTypes, typeFor, types} from '../../../src/api/registry.js'
import {decodeObject} from '../../../src/api/schema/decode.js'

const NOW = Date.parse('2026-11-21T12:00:00Z')

describe('every foreign type', () => {
  test('has names of its own', () => {
    const names = knownTypes.flatMap(({plural, singular, shortNames}) => [...new Set([plural, singular, ...shortNames])])
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual(['gateways', 'gateway'])
    expect(foreignTypes.filter((type) => types.some(({group, kind}) => group === type.group && kind === type.kind))).toEqual([])
  })

  test.each(foreignTypes.map((type) => [type.kind, type] as const))('%s gives back what was written', (kind, type) => {
    for (const {group, version} of type.served) {
      const apiVersion = group === '' ? version : `${group}/${version}`
      const metadata = {name: 'x', ...(type.namespaced ? {namespace: 'n'} : {})}
      const written = {apiVersion, kind, metadata, spec: {a: [null, {b: null}], c: 1.5}, data: {d: 'e'}, rules: []} as unknown as KubeObject
      expect(decodeObject(type, written)).toEqual({object: written, warnings: []})
      expect(type.defaults(written)).toMatchObject(written)
      expect(type.validate(written, written)).toEqual([])
      expect(typeFor(written)).toBe(type)
      expect(type.columns.map((column) => typeof column.cell(written, NOW))).toEqual(type.columns.map(() => 'string'))
    }
  })

  test('says that it does nothing here', () => {
    const ingress = {apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: {name: 'i'}}
    expect(typeFor(ingress).withoutEffect?.(ingress)).toEqual(['networking.k8s.io/v1 Ingress has no effect here, it is only stored'])
  })

  test('minds the metadata', () => {
    const role = (name: string, labels: object = {}) => ({apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: {name, labels}}) as KubeObject
    const {validate} = typeFor(role('a'))
    expect(validate(role('system:a'))).toEqual([])
    expect(validate(role('a/b')).map(({message}) => message)).toEqual([`Invalid value: "a/b": may not contain '/'`])
    expect(() => decodeObject(typeFor(role('a')), role('a', {b: 1}))).toThrow('json: cannot unmarshal number into Go struct field ObjectMeta.metadata.labels of type string')
  })
})

describe('the path of a printer column', () => {
  const value = {
    spec: {hosts: ['a', 'b'], size: 3, none: null},
    metadata: {annotations: {'a.b/c': 'd'}},
    status: {conditions: [{type: 'Ready', status: 'True'}, {type: 'Other'}], addresses: [{value: 1}, {value: 2}]},
  }
  test.each<[string, readonly unknown[]]>([
    ['.spec.size', [3]],
    ['.spec.hosts', [['a', 'b']]],
    ['.spec.hosts[1]', ['b']],
    ['.spec.none', []],
    ['.spec.size.more', []],
    ['.status.addresses[*].value', [1, 2]],
    ['.status.conditions[?(@.type=="Ready")].status', ['True']],
    [".status.conditions[?(@.type == 'Ready')].status", ['True']],
    ['.metadata.annotations.a\\.b/c', ['d']],
    [".metadata['annotations']['a.b/c']", ['d']],
    ['..size', []],
    ['spec.size', []],
  ])('%s leads to %j', (path, values) => {
    expect(valuesAt(value, path)).toEqual(values)
  })
})

describe('a CustomResourceDefinition', () => {
  const definition = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {name: 'widgets.example.com', creationTimestamp: '2026-11-21T11:59:00Z'},
    spec: {
      group: 'example.com',
      scope: 'Cluster',
      names: {kind: 'Widget', plural: 'widgets', singular: 'widget', shortNames: ['wd'], categories: ['things']},
      versions: [
        {name: 'v1', served: true, storage: true, additionalPrinterColumns: [{name: 'Size', type: 'integer', jsonPath: '.spec.size'}, {name: 'Old', type: 'date', jsonPath: '.metadata.creationTimestamp', priority: 1}]},
        {name: 'v1beta1', served: false},
        {name: 'v1alpha1', served: true},
      ],
    },
  } satisfies CustomResourceDefinition

  test('makes a type', () => {
    const made = typesOfDefinitions([definition])
    expect(made).toMatchObject([{group: 'example.com', kind: 'Widget', plural: 'widgets', singular: 'widget', shortNames: ['wd'], categories: ['things'], namespaced: false}])
    expect(made[0]?.served).toEqual([{group: 'example.com', version: 'v1'}, {group: 'example.com', version: 'v1alpha1'}])
    const widget = {apiVersion: 'example.com/v1', kind: 'Widget', metadata: {name: 'w', creationTimestamp: '2026-11-21T11:59:00Z'}, spec: {size: 3}}
    expect(made[0]?.columns.map((column) => [column.name, column.wide === true, column.cell(widget, NOW)])).toEqual([['Size', false, '3'], ['Old', true, '60s']])
    expect(findResource('wd', [...knownTypes, ...made])).toBe(made[0])
  })

  test('that is not complete makes none', () => {
    expect(typesOfDefinitions([{...definition, spec: {}}, {...definition, spec: {...definition.spec, versions: []}}])).toEqual([])
  })

  test('has an effect', () => {
    expect(customResourceDefinitionType.withoutEffect?.(definition)).toEqual([])
  })
})

import {describe, expect, test} from 'vitest'
import {checkObject} from '../help/check-object.js'
import type {KubeObject} from '../../src/api/object.js'
import {typeFor} from '../../src/api/registry.js'

const virtualService = (spec: unknown, more: object = {}) => ({apiVersion: 'networking.istio.io/v1alpha3', kind: 'VirtualService', metadata: {name: 'v'}, spec, ...more}) as unknown as KubeObject
const check = (object: KubeObject) => {
  const {refusal, admission} = checkObject(typeFor(object), object)
  return {refusal: refusal?.message, errors: admission.errors}
}
const REFUSED = 'VirtualService.networking.istio.io "v" is invalid: '
const route = [{destination: {host: 'a'}}]

describe('an object judged without a store', () => {
  test.each<[string, KubeObject, string | undefined, readonly string[]]>([
    ['a sound one', virtualService({hosts: ['a'], tcp: [{route}]}), undefined, []],
    ['one that only istiod minds', virtualService({hosts: ['a'], tcp: [{}]}), undefined, ['TCP route is required']],
    ['one that only the API server minds', {...virtualService({hosts: ['a'], tcp: [{route}]}), metadata: {name: 'V'}}, expect.stringContaining('metadata.name: Invalid value: "V"') as unknown as string, []],
    ['a null for an absent field', virtualService({hosts: ['a'], gateways: null, tcp: [{route, match: null}]}), undefined, []],
    ['an unknown field', virtualService({hosts: ['a'], tcp: [{rout: route}]}), 'VirtualService in version "v1alpha3" cannot be handled as a VirtualService: strict decoding error: unknown field "spec.tcp[0].rout"', ['unknown field "rout" in v1alpha3.TCPRoute']],
    ['an unknown field of the spec', virtualService({hosts: ['a'], tpc: []}), 'VirtualService in version "v1alpha3" cannot be handled as a VirtualService: strict decoding error: unknown field "spec.tpc"', ['unknown field "tpc" in v1alpha3.VirtualService']],
    ['an unknown field beside the spec', virtualService({hosts: ['a'], tcp: [{route}]}, {speck: 1}), 'VirtualService in version "v1alpha3" cannot be handled as a VirtualService: strict decoding error: unknown field "speck"', ['unknown field "speck"']],
    ['a wrong type', virtualService({hosts: 5}), expect.stringContaining(`${REFUSED}[spec.hosts: Invalid value: "number"`) as unknown as string, ['spec.hosts: Invalid value: "number": spec.hosts in body must be of type array: "number"']],
    ['no spec', virtualService(null), undefined, ['http, tcp or tls must be provided in virtual service']],
  ])('%s', (_what, object, refusal, errors) => {
    expect(check(object)).toEqual({refusal, errors})
  })

  test('never throws, whatever it is given', () => {
    for (const value of [null, 1, 'x', [], [null], {}, {hosts: [null]}, {tcp: [null]}, {tcp: {}}]) {
      for (const kind of ['VirtualService', 'Gateway', 'DestinationRule', 'ServiceEntry', 'WorkloadEntry', 'WorkloadGroup', 'Sidecar']) {
        const object = {...virtualService(value), kind, metadata: {labels: null, annotations: null}} as unknown as KubeObject
        expect(() => checkObject(typeFor(object), object)).not.toThrow()
      }
    }
  })
})

import {describe, expect, test} from 'vitest'
import type {KubeObject} from '../../src/api/object.js'
import {typeFor} from '../../src/api/registry.js'
import {decodeObject, type UnknownFields} from '../../src/api/schema/decode.js'
import {StatusError} from '../../src/api/status-error.js'

const decode = (object: object, unknownFields?: UnknownFields) => decodeObject(typeFor(object as KubeObject), object as KubeObject, unknownFields)

function refusal(object: object): StatusError {
  try {
    decode(object)
  } catch (error) {
    if (error instanceof StatusError) return error
    throw error
  }
  throw new Error('nothing was refused')
}

const deployment = (spec: object, apiVersion = 'apps/v1') => ({apiVersion, kind: 'Deployment', metadata: {name: 'd'}, spec})
const inContainer = (fields: object) => deployment({template: {spec: {containers: [{name: 'x', ...fields}]}}})
const service = (spec: object) => ({apiVersion: 'v1', kind: 'Service', metadata: {name: 's'}, spec})
const virtualService = (spec: object, apiVersion = 'networking.istio.io/v1') => ({apiVersion, kind: 'VirtualService', metadata: {name: 'w'}, spec})
const destinationRule = (trafficPolicy: object) => ({apiVersion: 'networking.istio.io/v1', kind: 'DestinationRule', metadata: {name: 'r'}, spec: {host: 'a', trafficPolicy}})

const UNCHECKED =
  '<nil>: Invalid value: null: some validation rules were not checked because the object was invalid; correct the existing errors to complete validation'

describe('strict decoding', () => {
  test.each<[string, object]>([
    [
      'VirtualService in version "v1" cannot be handled as a VirtualService: strict decoding error: unknown field "spec.foo", unknown field "spec.tcp[0].rout"',
      virtualService({hosts: ['*'], tcp: [{rout: [{destination: {host: 'tcp-echo'}}]}], foo: 1}),
    ],
    [
      'VirtualService in version "v1alpha3" cannot be handled as a VirtualService: strict decoding error: unknown field "spec.foo"',
      virtualService({hosts: ['*'], foo: 1}, 'networking.istio.io/v1alpha3'),
    ],
    [
      'Deployment in version "v1" cannot be handled as a Deployment: strict decoding error: unknown field "spec.replica", unknown field "spec.template.spec.containers[0].imagepullPolicy"',
      deployment({replica: 1, template: {spec: {containers: [{name: 'x', imagepullPolicy: 'Never'}]}}}),
    ],
    ['Service in version "v1" cannot be handled as a Service: strict decoding error: unknown field "metadata.label", unknown field "specs"', {...service({}), metadata: {name: 's', label: {}}, specs: {}}],
    ['Service in version "v1" cannot be handled as a Service: strict decoding error: unknown field "spec.toString"', service({toString: 'x'})],
  ])('%s', (message, object) => {
    expect(refusal(object)).toMatchObject({reason: 'BadRequest', message})
  })

  test.each<[string, object]>([
    ['cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32', deployment({replicas: 'two'})],
    ['cannot unmarshal number 1.5 into Go struct field DeploymentSpec.spec.replicas of type int32', deployment({replicas: 1.5})],
    ['cannot unmarshal number 3000000000 into Go struct field DeploymentSpec.spec.replicas of type int32', deployment({replicas: 3e9})],
    ['cannot unmarshal bool into Go struct field DeploymentSpec.spec.replicas of type int32', deployment({replicas: true, replica: 1})],
    ['cannot unmarshal string into Go struct field Deployment.spec of type v1.DeploymentSpec', {...deployment({}), spec: 'x'}],
    ['cannot unmarshal number into Go struct field EnvVar.spec.template.spec.containers.env.value of type string', inContainer({env: [{name: 'A', value: 1}]})],
    ['cannot unmarshal object into Go struct field PodSpec.spec.template.spec.containers of type []v1.Container', deployment({template: {spec: {containers: {}}}})],
    ['cannot unmarshal bool into Go struct field Container.spec.template.spec.containers.imagePullPolicy of type v1.PullPolicy', inContainer({imagePullPolicy: true})],
    ['cannot unmarshal array into Go struct field Container.spec.template.spec.containers.image of type string', inContainer({image: []})],
    ['cannot unmarshal string into Go struct field ContainerPort.spec.template.spec.containers.ports.containerPort of type int32', inContainer({ports: [{containerPort: '9000'}]})],
    ['cannot unmarshal number into Go struct field ObjectMeta.metadata.labels of type string', {...service({}), metadata: {name: 's', labels: {version: 1}}}],
    ['cannot unmarshal string into Go struct field ServiceSpec.spec.selector of type map[string]string', service({selector: 'app=a'})],
    ['cannot unmarshal bool into Go value of type int32', service({ports: [{port: 1, targetPort: true}]})],
  ])('json: %s', (text, object) => {
    const kind = (object as KubeObject).kind
    expect(refusal(object)).toMatchObject({reason: 'BadRequest', message: `${kind} in version "v1" cannot be handled as a ${kind}: json: ${text}`})
  })

  test.each<[string, object]>([
    ["quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'", inContainer({resources: {limits: {cpu: 'much'}}})],
    ['illegal base64 data at input byte 4', {apiVersion: 'v1', kind: 'Secret', metadata: {name: 's'}, data: {a: 'abcd!'}}],
    ['parsing time "today" as "2006-01-02T15:04:05Z07:00": cannot parse "today" as "2006"', {...service({}), metadata: {name: 's', creationTimestamp: 'today'}}],
  ])('a value with a form of its own: %s', (text, object) => {
    const kind = (object as KubeObject).kind
    expect(refusal(object)).toMatchObject({reason: 'BadRequest', message: `${kind} in version "v1" cannot be handled as a ${kind}: ${text}`})
  })

  test('the metadata of a custom object is a Go struct too', () => {
    expect(refusal({...virtualService({}), metadata: {name: 'w', labels: {a: 1}}}).message).toBe(
      'VirtualService in version "v1" cannot be handled as a VirtualService: json: cannot unmarshal number into Go struct field ObjectMeta.metadata.labels of type string',
    )
  })

  test.each<[string, readonly string[], object]>([
    [
      'every violation at once',
      ['spec.tcp[0].route[0].destination.host: Required value', 'spec.tcp[0].route[1].destination: Required value'],
      virtualService({hosts: ['*'], tcp: [{route: [{destination: {subset: 'a'}, weight: 3e9}, {weight: 1}]}]}),
    ],
    [
      'a wrong type and what is missing',
      [
        'spec.tcp[0].route[0].weight: Invalid value: "string": spec.tcp[0].route[0].weight in body must be of type integer: "string"',
        'spec.tcp[0].route[1].destination.host: Required value',
      ],
      virtualService({tcp: [{route: [{destination: {host: 'a'}, weight: 'heavy'}, {destination: {}}]}]}),
    ],
    [
      'a fraction where an integer belongs',
      ['spec.tcp[0].route[0].weight: Invalid value: "double": spec.tcp[0].route[0].weight in body must be of type int32: "double"'],
      virtualService({tcp: [{route: [{destination: {host: 'a'}, weight: 1.5}]}]}),
    ],
    [
      'an integer beyond its format',
      ['<nil>: Invalid value: "": Checked value must be of type integer with format int32 in spec.tcp[0].route[0].weight'],
      virtualService({tcp: [{route: [{destination: {host: 'a'}, weight: 3e9}]}]}),
    ],
    ['a scalar where a list belongs', ['spec.hosts: Invalid value: "string": spec.hosts in body must be of type array: "string"'], virtualService({hosts: '*'})],
    ['a list where an object belongs', ['spec.tcp[0]: Invalid value: "array": spec.tcp[0] in body must be of type object: "array"'], virtualService({tcp: [[]]})],
    ['a null in a list', ['spec.tcp[0]: Invalid value: "null": spec.tcp[0] in body must be of type object: "null"'], virtualService({tcp: [null]})],
    ['a number where a string belongs', ['spec.gateways[0]: Invalid value: "number": spec.gateways[0] in body must be of type string: "number"'], virtualService({gateways: [1]})],
    [
      'a port below zero',
      ['spec.tcp[0].match[0].port: Invalid value: -1: spec.tcp[0].match[0].port in body should be greater than or equal to 0'],
      virtualService({tcp: [{match: [{port: -1}]}]}),
    ],
    [
      'a value outside the enumeration',
      ['spec.trafficPolicy.tls.mode: Unsupported value: "ON": supported values: "DISABLE", "SIMPLE", "MUTUAL", "ISTIO_MUTUAL"'],
      destinationRule({tls: {mode: 'ON'}}),
    ],
  ])("custom kinds refuse %s in the schema's words", (_what, errors, object) => {
    const {kind, metadata} = object as KubeObject
    const isOfFormat = errors.some((error) => error.startsWith('<nil>'))
    const all = isOfFormat || errors.every((error) => error.includes('should be')) ? errors : [...errors, UNCHECKED]
    const list = all.length === 1 ? all[0] : `[${all.join(', ')}]`
    const refused = refusal(object)
    expect(refused).toMatchObject({reason: 'Invalid', code: 422, message: `${kind}.networking.istio.io "${metadata.name}" is invalid: ${list}`})
    expect(refused.details.causes?.map(({field, message}) => `${field}: ${message}`)).toEqual(all)
  })
})

describe('lenient decoding', () => {
  const object = virtualService({hosts: ['*'], foo: 1, http: null, tcp: [{rout: 1, match: null}]})
  const pruned = virtualService({hosts: ['*'], tcp: [{}]})

  test('warns of unknown fields and drops them', () => {
    expect(decode(object, 'Warn')).toEqual({object: pruned, warnings: ['unknown field "spec.foo"', 'unknown field "spec.tcp[0].rout"']})
  })

  test('or drops them in silence', () => {
    expect(decode(object, 'Ignore')).toEqual({object: pruned, warnings: []})
  })
})

describe('null', () => {
  test('stands for an absent field, an empty struct in a list and an empty text in a map', () => {
    const written = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {name: 'p', creationTimestamp: null, labels: {a: null}},
      spec: {containers: [null, {name: 'x', env: null}], nodeName: undefined},
      status: null,
    }
    expect(decode(written).object).toEqual({apiVersion: 'v1', kind: 'Pod', metadata: {name: 'p', labels: {a: ''}}, spec: {containers: [{}, {name: 'x'}]}})
  })

  test('an object without metadata gets an empty one', () => {
    expect(decode({apiVersion: 'v1', kind: 'ConfigMap'}).object).toEqual({apiVersion: 'v1', kind: 'ConfigMap', metadata: {}})
  })
})

import {beforeEach, describe, expect, test} from 'vitest'
import {deploymentType, type Deployment} from '../../src/api/kinds/deployment.js'
import {virtualServiceType} from '../../src/api/kinds/virtual-service.js'
import type {Json, JsonObject, KubeObject} from '../../src/api/object.js'
import {applyJsonPatch} from '../../src/resources/patch/json-patch.js'
import {applyMergePatch, createMergePatch} from '../../src/resources/patch/merge-patch.js'
import {mergeRulesOf, type Patch} from '../../src/resources/patch/patch-object.js'
import {applyStrategicMerge} from '../../src/resources/patch/strategic-merge.js'
import type {Resources} from '../../src/resources/resources.js'
import type {ResourceType} from '../../src/api/resource-type.js'
import {freshCluster} from '../help/cluster.js'

describe('a JSON patch', () => {
  test.each<[string, Json, Json]>([
    ['replaces', [{op: 'replace', path: '/a/0/b', value: 2}], {a: [{b: 2}]}],
    ['adds to the end of a list', [{op: 'add', path: '/a/-', value: 1}], {a: [{b: 1}, 1]}],
    ['removes', [{op: 'remove', path: '/a'}], {}],
    ['moves and tests', [{op: 'test', path: '/a/0/b', value: 1}, {op: 'move', from: '/a', path: '/c~1d'}], {'c/d': [{b: 1}]}],
    ['copies', [{op: 'copy', from: '/a', path: '/c'}], {a: [{b: 1}], c: [{b: 1}]}],
  ])('%s', (_, patch, want) => {
    expect(applyJsonPatch({a: [{b: 1}]}, patch)).toEqual(want)
  })

  test.each<[string, Json]>([
    ['a test that fails', [{op: 'test', path: '/a/0/b', value: 2}]],
    ['a path that is not there', [{op: 'replace', path: '/x/y', value: 2}]],
    ['removing what is not there', [{op: 'remove', path: '/x'}]],
    ['an unknown operation', [{op: 'increase', path: '/a'}]],
    ['a path through the prototype', [{op: 'add', path: '/__proto__/polluted', value: 1}]],
    ['what is no operation', ['x']],
  ])('%s is refused without saying why, as the API server does', (_, patch) => {
    expect(() => applyJsonPatch({a: [{b: 1}]}, patch)).toThrow('the server rejected our request due to an error in our request')
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })
})

describe('a merge patch', () => {
  test.each<[Json, Json, Json]>([
    [{a: 'b'}, {a: 'c'}, {a: 'c'}],
    [{a: 'b', b: 'c'}, {a: null}, {b: 'c'}],
    [{a: ['b']}, {a: 'c'}, {a: 'c'}],
    [{a: {b: 'c'}}, {a: {b: 'd', c: null}}, {a: {b: 'd'}}],
    [{a: [{b: 'c'}]}, {a: [1]}, {a: [1]}],
    [{e: null}, {a: 1}, {e: null, a: 1}],
    [{}, {a: {bb: {ccc: null}}}, {a: {bb: {}}}],
  ])('of %j by %j (RFC 7386)', (target, patch, want) => {
    expect(applyMergePatch(target, patch)).toEqual(want)
  })

  test('a key called __proto__ is a key like others', () => {
    const merged = applyMergePatch({}, JSON.parse('{"__proto__": {"polluted": 1}}') as Json)
    expect([JSON.stringify(merged), ({} as Record<string, unknown>)['polluted']]).toEqual(['{"__proto__":{"polluted":1}}', undefined])
  })

  test('of two objects leads from one to the other', () => {
    const [before, after]: [JsonObject, JsonObject] = [{a: 1, b: {c: 1, d: [1]}, e: 1}, {a: 1, b: {c: 2, d: [1]}, f: {}}]
    const patch = createMergePatch(before, after)
    expect([patch, applyMergePatch(before, patch)]).toEqual([{e: null, b: {c: 2}, f: {}}, after])
  })
})

describe('a strategic merge patch', () => {
  const podSpec = (spec: JsonObject): JsonObject => ({spec: {template: {spec}}})
  const merged = (target: JsonObject, patch: JsonObject) => applyStrategicMerge(podSpec(target), podSpec(patch), mergeRulesOf(deploymentType))
  const two: JsonObject = {containers: [{name: 'a', image: '1', args: ['x']}, {name: 'b', image: '1'}]}

  test.each<[string, JsonObject, JsonObject, JsonObject]>([
    ['merges items by their key, and replaces plain lists', two, {containers: [{name: 'a', args: ['y']}]}, {containers: [{name: 'a', image: '1', args: ['y']}, {name: 'b', image: '1'}]}],
    ['appends what is new', two, {containers: [{name: 'c'}]}, {containers: [{name: 'a', image: '1', args: ['x']}, {name: 'b', image: '1'}, {name: 'c'}]}],
    ['deletes an item', two, {containers: [{name: 'a', $patch: 'delete'}]}, {containers: [{name: 'b', image: '1'}]}],
    ['replaces a list', two, {containers: [{$patch: 'replace'}, {name: 'z'}]}, {containers: [{name: 'z'}]}],
    ['replaces a map', {securityContext: {a: 1, b: 2}}, {securityContext: {$patch: 'replace', c: 3}}, {securityContext: {c: 3}}],
    ['empties a map', {securityContext: {a: 1}}, {securityContext: {$patch: 'delete'}}, {securityContext: {}}],
    ['removes by null', {a: 1, nodeName: 'x'}, {nodeName: null}, {a: 1}],
    [
      'keeps the order it is told',
      two,
      {$setElementOrder: [], '$setElementOrder/containers': [{name: 'c'}, {name: 'b'}, {name: 'a'}], containers: [{name: 'c'}]} as unknown as JsonObject,
      {$setElementOrder: [], containers: [{name: 'c'}, {name: 'b', image: '1'}, {name: 'a', image: '1', args: ['x']}]},
    ],
    ['retains only the keys it names', {volumes: [{name: 'v', emptyDir: {}}]}, {volumes: [{name: 'v', $retainKeys: ['name', 'hostPath'], hostPath: {path: '/x'}}]}, {volumes: [{name: 'v', hostPath: {path: '/x'}}]}],
    ['merges nested lists', {containers: [{name: 'a', env: [{name: 'X', value: '1'}]}]}, {containers: [{name: 'a', env: [{name: 'Y', value: '2'}]}]}, {containers: [{name: 'a', env: [{name: 'X', value: '1'}, {name: 'Y', value: '2'}]}]}],
  ])('%s', (_, target, patch, want) => {
    expect(merged(target, patch)).toEqual(podSpec(want))
  })

  test('merges sets, and deletes from them', () => {
    const meta = (finalizers: readonly string[], more: JsonObject = {}): JsonObject => ({metadata: {finalizers, ...more}})
    const rules = mergeRulesOf(deploymentType)
    expect(applyStrategicMerge(meta(['a', 'b']), meta(['b', 'c'], {'$deleteFromPrimitiveList/finalizers': ['a']}), rules)).toEqual(meta(['b', 'c']))
  })

  test.each<[string, JsonObject, string]>([
    ['an item without its key', {containers: [{image: 'x'}]}, 'map: {"image":"x"} does not contain declared merge key: name'],
    ['an unknown directive', {securityContext: {$patch: 'shuffle'}}, "unknown patch type 'shuffle' found"],
  ])('%s is refused', (_, patch, message) => {
    expect(() => merged(two, patch)).toThrow(message)
  })
})

describe('patching what is stored', () => {
  const ref = {namespace: 'default', name: 'd'}
  const template = {metadata: {labels: {app: 'd'}}, spec: {containers: [{name: 'c', image: 'tcp-echo-server:1', args: ['9000', 'one']}]}}
  const deployment = {apiVersion: 'apps/v1', kind: 'Deployment', metadata: {...ref, labels: {a: 'b'}}, spec: {selector: {matchLabels: {app: 'd'}}, template}} as unknown as KubeObject
  const route = {apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', metadata: ref, spec: {hosts: ['a'], tcp: [{route: [{destination: {host: 'a'}, weight: 1}]}]}} as unknown as KubeObject
  let resources: Resources
  beforeEach(async () => {
    ;({resources} = await freshCluster())
    await resources.create(deployment)
    await resources.create(route)
  })

  test('raises the generation once, and not where nothing changes', async () => {
    const patch = {type: 'strategic', body: {spec: {replicas: 3}}} as const
    const first = await resources.patch<Deployment>(deploymentType, ref, patch)
    const second = await resources.patch<Deployment>(deploymentType, ref, patch)
    expect([first.changed, first.object.metadata.generation, second.changed, second.object.metadata.resourceVersion]).toEqual([true, 2, false, first.object.metadata.resourceVersion])
  })

  test.each<[string, ResourceType, Patch, string]>([
    ['a strategic patch of a custom kind', virtualServiceType, {type: 'strategic', body: {spec: {}}}, 'the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml'],
    ['another name', deploymentType, {type: 'merge', body: {metadata: {name: 'x'}}}, 'the name of the object (x) does not match the name on the URL (d)'],
    ['an old version', deploymentType, {type: 'merge', body: {metadata: {resourceVersion: '1'}}}, 'Operation cannot be fulfilled on deployments.apps "d": the object has been modified; please apply your changes to the latest version and try again'],
    ['an unknown field', deploymentType, {type: 'strategic', body: {spec: {replica: 1}}}, 'patch: Invalid value: "map[spec:map[replica:1]]": strict decoding error: unknown field "spec.replica"'],
    ['an unknown field, merged', virtualServiceType, {type: 'merge', body: {spec: {foo: 1}}}, String.raw`patch: Invalid value: "{\"spec\":{\"foo\":1}}": strict decoding error: unknown field "spec.foo"`],
    ['what webhooks refuse', virtualServiceType, {type: 'json', body: [{op: 'replace', path: '/spec/tcp/0/route/0/weight', value: -1}]}, 'weight'],
    ['a list for a map', deploymentType, {type: 'merge', body: []}, 'error decoding patch: json: cannot unmarshal array into Go value of type map[string]interface {}'],
  ])('%s is refused', async (_, type, patch, message) => {
    await expect(resources.patch(type, ref, patch)).rejects.toThrow(message)
  })

  test('who manages what can be forgotten', async () => {
    const {object} = await resources.patch(deploymentType, ref, {type: 'merge', body: {metadata: {managedFields: [{}]}}}, {managedFields: true})
    expect(object.metadata.managedFields).toBeUndefined()
    expect(object.metadata.generation).toBe(1)
  })

  test('its status alone', async () => {
    const {object} = await resources.patch<Deployment>(deploymentType, ref, {type: 'merge', body: {status: {replicas: 7}, spec: {replicas: 9}}}, {subresource: 'status'})
    expect([object.status?.replicas, object.spec?.replicas]).toEqual([7, 1])
  })
})

import {beforeEach, describe, expect, test} from 'vitest'
import {deploymentType, type Deployment} from '../../src/api/kinds/deployment.js'
import {serviceType} from '../../src/api/kinds/service.js'
import type {KubeObject} from '../../src/api/object.js'
import {applyServerSide} from '../../src/resources/apply-server-side.js'
import {apply} from '../../src/resources/apply.js'
import type {Resources} from '../../src/resources/resources.js'
import {upgradeToServerSide} from '../../src/resources/upgrade-to-server-side.js'
import {freshCluster} from '../help/cluster.js'

const deployment = (spec: object, image = 'tcp-echo-server:1', metadata: object = {}): KubeObject =>
  ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {name: 'd', namespace: 'default', ...metadata},
    spec: {selector: {matchLabels: {app: 'd'}}, template: {metadata: {labels: {app: 'd'}}, spec: {containers: [{name: 'c', image, args: ['9000', 'one']}]}}, ...spec},
  }) as unknown as KubeObject
const service = (ports: readonly object[], metadata: object = {}): KubeObject =>
  ({apiVersion: 'v1', kind: 'Service', metadata: {name: 's', namespace: 'default', ...metadata}, spec: {ports, selector: {app: 'a'}}}) as unknown as KubeObject
const ref = {namespace: 'default', name: 'd'}

describe('server-side apply', () => {
  let resources: Resources
  beforeEach(async () => {
    ;({resources} = await freshCluster())
  })
  const ssa = (object: KubeObject, fieldManager = 'kubectl', force = false) => applyServerSide(resources, object, {fieldManager, force})
  const managers = async (name: string, type = deploymentType) => {
    const {metadata} = await resources.get(type, 'default', name, {managedFields: true})
    return (metadata.managedFields ?? []).map(({manager, operation, subresource, fieldsV1}) => [manager, operation, ...(subresource === undefined ? [] : [subresource]), fieldsV1])
  }

  test('who applies owns what the configuration states, and nothing that was filled in', async () => {
    expect((await ssa(service([{name: 'tcp', port: 9000}], {labels: {a: 'b'}}))).operation).toBe('created')
    expect((await resources.get(serviceType, 'default', 's', {managedFields: true})).metadata.managedFields).toEqual([
      {
        apiVersion: 'v1',
        fieldsType: 'FieldsV1',
        fieldsV1: {
          'f:metadata': {'f:labels': {'f:a': {}}},
          'f:spec': {'f:ports': {'k:{"port":9000,"protocol":"TCP"}': {'.': {}, 'f:name': {}, 'f:port': {}}}, 'f:selector': {}},
        },
        manager: 'kubectl',
        operation: 'Apply',
        time: '2026-11-21T12:00:00Z',
      },
    ])
  })

  test('an object made otherwise is owned field by field, as kubectl create leaves it', async () => {
    await resources.create(service([{name: 'tcp', port: 9000}], {labels: {a: 'b'}}), {fieldManager: 'kubectl-create'})
    const port = {'.': {}, 'f:name': {}, 'f:port': {}, 'f:protocol': {}, 'f:targetPort': {}}
    const [entry] = await managers('s', serviceType)
    expect(entry).toMatchObject(['kubectl-create', 'Update', {'f:metadata': {'f:labels': {'.': {}, 'f:a': {}}}, 'f:spec': {'f:ports': {'.': {}, 'k:{"port":9000,"protocol":"TCP"}': port}, 'f:selector': {}}}])
  })

  test('the same configuration again changes nothing', async () => {
    const {object} = await ssa(deployment({replicas: 2}))
    const again = await ssa(deployment({replicas: 2}))
    expect([again.operation, again.object.metadata.resourceVersion]).toEqual(['unchanged', object.metadata.resourceVersion])
  })

  test("a field of another manager is refused in the API server's words, and taken by force", async () => {
    await ssa(deployment({replicas: 1}), 'one')
    await expect(ssa(deployment({replicas: 2}), 'two')).rejects.toThrow('Apply failed with 1 conflict: conflict with "one": .spec.replicas')
    await resources.patch(deploymentType, ref, {type: 'merge', body: {spec: {replicas: 3}}}, {fieldManager: 'kubectl-scale', subresource: 'scale'})
    await expect(ssa(deployment({replicas: 1}), 'one')).rejects.toThrow('Apply failed with 1 conflict: conflict with "kubectl-scale" with subresource "scale" using apps/v1 at 2026-11-21T12:00:00Z: .spec.replicas')
    await expect(ssa(deployment({replicas: 2}, 'tcp-echo-server:2'), 'two')).rejects.toThrow(
      'Apply failed with 2 conflicts: conflicts with "kubectl-scale" with subresource "scale" using apps/v1 at 2026-11-21T12:00:00Z:\n- .spec.replicas\n' +
        'conflicts with "one":\n- .spec.template.spec.containers[name="c"].image',
    )
    expect((await ssa(deployment({replicas: 2}, 'tcp-echo-server:2'), 'two', true)).operation).toBe('configured')
    expect(await resources.get<Deployment>(deploymentType, 'default', 'd')).toMatchObject({spec: {replicas: 2}})
    await expect(ssa(deployment({replicas: 1}), 'one')).rejects.toThrow('conflicts with "two"')
  })

  test('agreeing shares a field; it goes when the last one that applied it drops it', async () => {
    const labelled = (labels: object) => service([{port: 9000}], {labels})
    await ssa(labelled({a: '1', b: '1'}), 'one')
    await ssa(labelled({a: '1'}), 'two')
    const labels = async () => (await resources.get(serviceType, 'default', 's')).metadata.labels
    await ssa(labelled({}), 'one')
    expect(await labels()).toEqual({a: '1'})
    await ssa(labelled({}), 'two')
    expect(await labels()).toBeUndefined()
  })

  test('an item of a list goes with who applied it, others stay', async () => {
    await ssa(service([{name: 'a', port: 1}, {name: 'b', port: 2}]))
    await resources.patch(serviceType, {namespace: 'default', name: 's'}, {type: 'strategic', body: {spec: {ports: [{name: 'c', port: 3}]}}})
    await ssa(service([{name: 'a', port: 1}]))
    expect(await resources.get(serviceType, 'default', 's')).toMatchObject({spec: {ports: [{name: 'a', port: 1}, {name: 'c', port: 3}]}})
  })

  test("kubectl takes over what it applied on the client's side, and then drops what is no longer stated", async () => {
    await apply(resources, deployment({replicas: 2}, undefined, {labels: {gone: '1'}}), {fieldManager: 'kubectl-client-side-apply'})
    const next = deployment({replicas: 3})
    await ssa(next)
    expect(await upgradeToServerSide(resources, next)).toBe(true)
    const {object} = await ssa(next)
    expect(object.metadata.labels).toBeUndefined()
    expect(object.metadata.annotations?.['kubectl.kubernetes.io/last-applied-configuration']).toContain('"replicas":3')
    expect((await managers('d')).map(([manager, operation]) => [manager, operation])).toEqual([['kubectl', 'Apply'], ['kubectl-last-applied', 'Apply']])
    expect(await upgradeToServerSide(resources, next)).toBe(false)
  })

  test('a dry run refuses what the run would, and stores nothing', async () => {
    await ssa(deployment({replicas: 1}), 'one')
    const {object} = await applyServerSide(resources, deployment({replicas: 5}), {fieldManager: 'two', force: true, dryRun: true})
    expect([object.metadata.generation, (await resources.get<Deployment>(deploymentType, 'default', 'd')).spec?.replicas]).toEqual([2, 1])
  })

  test('what an atomic list holds belongs to one manager', async () => {
    const args = (words: readonly string[]) => ({apiVersion: 'networking.istio.io/v1', kind: 'VirtualService', metadata: {name: 'd', namespace: 'default'}, spec: {hosts: words, tcp: [{route: [{destination: {host: 'a'}}]}]}}) as unknown as KubeObject
    await ssa(args(['a']), 'one')
    await expect(ssa(args(['b']), 'two')).rejects.toThrow('Apply failed with 1 conflict: conflict with "one": .spec.hosts')
  })
})

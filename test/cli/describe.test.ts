import {describe, expect, test} from 'vitest'
import {configMapType} from '../../src/api/kinds/config-map.js'
import {parseSelector} from '../../src/api/labels.js'
import type {KubeObject} from '../../src/api/object.js'
import {parseTargets} from '../../src/cli/targets.js'
import {describeTargets} from '../../src/cli/verbs/describe.js'
import {settle} from '../../src/daemon/lifecycle/settle.js'
import {emptyCluster, freshCluster} from '../help/cluster.js'

function configMap(name: string, labels: Record<string, string> = {}): KubeObject & {data: object} {
  return {apiVersion: 'v1', kind: 'ConfigMap', metadata: {name, namespace: 'default', labels}, data: {}}
}

async function someMaps() {
  const cluster = emptyCluster()
  await cluster.resources.create({apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'default'}} as KubeObject)
  for (const name of ['web-1', 'web-2', 'db']) await cluster.resources.create(configMap(name, {app: name.slice(0, 2)}))
  const say = async (line: string, more: {namespace?: string | undefined; selector?: string} = {}) => {
    const words = line.split(' ')
    const namespace = 'namespace' in more ? more.namespace : 'default'
    const selector = more.selector === undefined ? undefined : parseSelector(more.selector)
    return describeTargets({targets: parseTargets(words), namespace, selector, showsEvents: true, takesPrefix: words.length === 2, clock: cluster.clock}, cluster.resources)
  }
  return {...cluster, say}
}

const described = (name: string) => expect.stringMatching(new RegExp(`^Name:         ${name}\nNamespace:    default\n`))
const names = ({objects}: {objects: readonly KubeObject[]}) => objects.map(({metadata}) => metadata.name)

describe('describe', () => {
  test('objects are two empty lines apart', async () => {
    const {say} = await someMaps()
    const {text, objects, missing} = await say('cm')
    expect(text.split('\n\n\nName:')).toHaveLength(3)
    expect([objects.length, missing]).toEqual([3, []])
    expect(text.endsWith('Events:  <none>\n')).toBe(true)
  })

  test('an exact name is not taken for a beginning', async () => {
    const {resources, say} = await someMaps()
    await resources.create(configMap('web'))
    const answer = await say('cm web')
    expect([names(answer), answer.text, answer.text.endsWith('\n\n')]).toEqual([['web'], described('web'), false])
  })

  test('what is not there is taken for the beginning of names, each with an empty line behind it', async () => {
    const {say} = await someMaps()
    const answer = await say('cm we')
    expect([names(answer), answer.missing, answer.text.endsWith('<none>\n\n')]).toEqual([['web-1', 'web-2'], [], true])
  })

  test.each(['cm nope', 'cm/we', 'cm we nope'])('%s is not found', async (line) => {
    const {say} = await someMaps()
    const {missing} = await say(line)
    expect(missing[0]?.message).toMatch(/^configmaps "(nope|we)" not found$/)
  })

  test('in a namespace that is not there, that is what is missing', async () => {
    const {say} = await someMaps()
    expect((await say('cm x', {namespace: 'nons'})).missing[0]?.message).toBe('namespaces "nons" not found')
  })

  test('what is there is described although something else is missing', async () => {
    const {say} = await someMaps()
    const answer = await say('cm db nope')
    expect([names(answer), answer.missing.map(({message}) => message)]).toEqual([['db'], ['configmaps "nope" not found']])
  })

  test('labels select; names and labels exclude one another, and so do names and all namespaces', async () => {
    const {say} = await someMaps()
    expect(names(await say('cm', {selector: 'app=we'}))).toEqual(['web-1', 'web-2'])
    await expect(say('cm db', {selector: 'app=we'})).rejects.toThrow('name cannot be provided when a selector is specified')
    await expect(say('cm db', {namespace: undefined})).rejects.toThrow('a resource cannot be retrieved by name across all namespaces')
  })

  test('however many there are, each list is read only once', async () => {
    const {resources, say} = await someMaps()
    await Promise.all(Array.from({length: 2000}, (_, index) => resources.create(configMap(`many-${index}`))))
    let lists = 0
    const {list} = resources
    resources.list = ((...parameters: Parameters<typeof list>) => {
      lists++
      return list.apply(resources, parameters)
    }) as typeof list
    expect(names(await say('cm many-7'))).toEqual(['many-7'])
    expect(lists).toBe(1) // of the events
    await say('cm')
    expect(lists).toBe(3)
    expect((await resources.list(configMapType)).items).toHaveLength(2003)
  })

  test('a Deployment names its new ReplicaSet and shows what was said of it', async () => {
    const {resources, clock} = await freshCluster()
    await settle(resources)
    const targets = parseTargets(['deploy/istio-ingressgateway'])
    const {text} = await describeTargets({targets, namespace: 'istio-system', showsEvents: true, takesPrefix: false, clock}, resources)
    expect(text).toMatch(/\nOldReplicaSets: +<none>\nNewReplicaSet: +istio-ingressgateway-\w+ \(\d\/1 replicas created\)\nEvents:\n {2}Type {4}Reason/)
    expect(text).toContain('Scaled up replica set istio-ingressgateway-')
  })
})

import {beforeEach, describe, expect, test} from 'vitest'
import {podType, type Pod} from '../../src/api/kinds/pod.js'
import type {KubeObject} from '../../src/api/object.js'
import {logSources} from '../../src/cli/logs/log-sources.js'
import {byLogging, byUsefulness} from '../../src/cli/pods/pod-order.js'
import {objectNamed, podsBehind} from '../../src/cli/pods/pods-behind.js'
import {untilLost} from '../../src/cli/port-forward/until-lost.js'
import type {Resources} from '../../src/resources/resources.js'
import {freshCluster} from '../help/cluster.js'

interface Life {
  readonly nodeName?: string
  readonly phase?: string
  readonly readySince?: string
  readonly restarts?: number
  readonly created?: string
}

function podWith(name: string, {nodeName = 'tshift', phase = 'Running', readySince, restarts = 0, created = '2026-01-01T00:00:00Z'}: Life): Pod {
  const conditions = readySince === undefined ? [] : [{type: 'Ready', status: 'True', lastTransitionTime: readySince}]
  const containerStatuses = [{name: 'c', ready: true, restartCount: restarts}]
  return {apiVersion: 'v1', kind: 'Pod', metadata: {name, creationTimestamp: created}, spec: {nodeName, containers: [{name: 'c'}]}, status: {phase, conditions, containerStatuses}}
}

test('the pod to work with is bound, running, ready, for longest, restarted least or, for its log, most, and old', () => {
  const [early, late] = ['2026-01-01T00:00:10Z', '2026-01-01T00:00:20Z']
  const pods = [
    podWith('unbound', {nodeName: '', phase: 'Pending'}),
    podWith('pending', {phase: 'Pending'}),
    podWith('unready', {}),
    podWith('young', {readySince: late, created: late}),
    podWith('old', {readySince: late}),
    podWith('restarted', {readySince: late, restarts: 2}),
    podWith('best', {readySince: early}),
  ]
  const names = (order: typeof byLogging) => [...pods].sort(order).map(({metadata}) => metadata.name)
  expect(names(byUsefulness)).toEqual(['best', 'old', 'young', 'restarted', 'unready', 'pending', 'unbound'])
  expect(names(byLogging)).toEqual(['best', 'restarted', 'old', 'young', 'unready', 'pending', 'unbound'])
})

describe('pods behind objects', () => {
  let resources: Resources
  const create = async (object: object) => (await resources.create(object as KubeObject)).object
  const pod = (name: string, labels: object) =>
    create({apiVersion: 'v1', kind: 'Pod', metadata: {name, namespace: 'default', labels}, spec: {containers: [{name: 'a', image: 'i'}, {name: 'b', image: 'i'}]}})
  beforeEach(async () => {
    ;({resources} = await freshCluster())
    const template = {metadata: {labels: {app: 'x'}}, spec: {containers: [{name: 'a', image: 'i'}]}}
    await create({apiVersion: 'apps/v1', kind: 'Deployment', metadata: {name: 'x', namespace: 'default'}, spec: {selector: {matchLabels: {app: 'x'}}, template}})
    await create({apiVersion: 'v1', kind: 'Service', metadata: {name: 'x', namespace: 'default'}, spec: {selector: {app: 'x'}, ports: [{port: 1}]}})
    await create({apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: 'x', namespace: 'default'}})
    await create({apiVersion: 'networking.istio.io/v1', kind: 'DestinationRule', metadata: {name: 'x', namespace: 'default'}, spec: {host: 'x'}})
  })

  const behind = async (word: string, timeoutMs = 50) => {
    const pods = await podsBehind(await objectNamed(word, 'default', resources), resources, {timeoutMs, doing: 'cannot attach to'})
    return pods.map(({metadata}) => metadata.name)
  }

  test.each([
    ['one', ['one']],
    ['po/two', ['two']],
    ['deployments.apps/x', ['one', 'two']],
    ['svc/x', ['one', 'two']],
  ])('%s means %j', async (word, names) => {
    await pod('one', {app: 'x'})
    await pod('two', {app: 'x', more: 'y'})
    await pod('other', {app: 'y'})
    expect(await behind(word)).toEqual(names)
  })

  test.each([
    ['nope', 'pods "nope" not found'],
    ['deploy/nope', 'deployments.apps "nope" not found'],
    ['thing/x', `the server doesn't have a resource type "thing"`],
    ['a/b/c', 'arguments in resource/name form may not have more than one slash'],
    ['cm/x', 'cannot attach to *v1.ConfigMap: selector for *v1.ConfigMap not implemented'],
    ['dr/x', 'no kind "DestinationRule" is registered for version "networking.istio.io/v1" in scheme "pkg/scheme/scheme.go:28"'],
    ['svc/kubernetes', `cannot attach to *v1.Service: invalid service 'kubernetes': Service is defined without a selector`],
    ['deploy/x', 'timed out waiting for the condition'],
  ])('%s is refused', async (word, message) => {
    await expect(behind(word)).rejects.toThrow(message)
  })

  test('the first pod is waited for', async () => {
    const waiting = behind('deploy/x', 10_000)
    await pod('late', {app: 'x'})
    expect(await waiting).toEqual(['late'])
  })

  test('logs of a deployment are those of its first pod, or of all; each container only when it is asked for', async () => {
    await pod('one', {app: 'x'})
    await pod('two', {app: 'x'})
    const notes: string[] = []
    const ask = async (choice: Partial<Parameters<typeof logSources>[0]>) => {
      const all = {target: undefined, selector: undefined, container: undefined, allContainers: false, allPods: false, ...choice}
      const sources = await logSources(all, {resources, namespace: 'default', timeoutMs: 50, note: (line) => notes.push(line)})
      return [sources.map((source) => `${source.pod.metadata.name}/${source.container}`), notes.splice(0)]
    }
    expect(await ask({target: 'deploy/x'})).toEqual([['one/a'], ['Found 2 pods, using pod/one', 'Defaulted container "a" out of: a, b']])
    expect(await ask({target: 'deploy/x', allPods: true})).toEqual([['one/a', 'two/a'], []])
    expect(await ask({target: 'one', allContainers: true})).toEqual([['one/a', 'one/b'], []])
    expect(await ask({selector: 'app=x', container: 'b'})).toEqual([['one/b', 'two/b'], []])
    expect(await ask({selector: 'app=none'})).toEqual([[], ['No resources found in default namespace.']])
    await expect(ask({target: 'one', container: 'nope'})).rejects.toThrow('container nope is not valid for pod one')
    await expect(ask({target: 'nope'})).rejects.toThrow('error from server (NotFound): pods "nope" not found in namespace "default"')
  })

  test('a forwarded pod is lost when it is over, or deleted', async () => {
    const run = async (name: string, phase: string) => {
      const live = await resources.get<Pod>(podType, 'default', name)
      return resources.updateStatus({...live, status: {phase}})
    }
    const never = new AbortController().signal
    await pod('one', {})
    await run('one', 'Running')
    const lost = untilLost((await objectNamed('one', 'default', resources)) as Pod, resources, never)
    await run('one', 'Succeeded')
    expect(await lost).toBe(true)
    const aborted = new AbortController()
    await run('one', 'Running')
    const kept = untilLost((await objectNamed('one', 'default', resources)) as Pod, resources, aborted.signal)
    aborted.abort()
    expect(await kept).toBe(false)
  })
})

import {describe, expect, test} from 'vitest'
import {controllerRevisionType, type ControllerRevision} from '../../../src/api/kinds/controller-revision.js'
import {daemonSetType, type DaemonSet, type DaemonSetSpec} from '../../../src/api/kinds/daemon-set.js'
import {nodeType} from '../../../src/api/kinds/node.js'
import type {Pod} from '../../../src/api/kinds/pod.js'
import type {KubeObject} from '../../../src/api/object.js'
import {stage} from '../../help/stage.js'

const template = (tag: string, spec: object = {}) => ({metadata: {labels: {app: 'agent'}}, spec: {containers: [{name: 'agent', image: `agent:${tag}`}], ...spec}})
const rolling = (maxSurge: number, maxUnavailable: number) => ({updateStrategy: {type: 'RollingUpdate', rollingUpdate: {maxSurge, maxUnavailable}}})
const image = ({spec}: Pod) => spec.containers[0]?.image?.slice('agent:'.length) ?? ''

async function play(spec: Partial<DaemonSetSpec> = {}) {
  const whole = {selector: {matchLabels: {app: 'agent'}}, template: template('v1'), ...spec}
  const actors = await stage(daemonSetType, {apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: {name: 'agent'}, spec: whole} as KubeObject)
  await actors.resources.create({apiVersion: 'v1', kind: 'Node', metadata: {name: 'tshift', labels: {disk: 'ssd'}}})
  return actors
}

describe('a DaemonSet', () => {
  test('has one pod on the one node', async () => {
    const actors = await play()
    await actors.settle()
    const [pod, ...others] = await actors.pods()
    expect(others).toEqual([])
    const {items} = await actors.resources.list<ControllerRevision>(controllerRevisionType)
    const hash = items[0]?.metadata.labels?.['controller.kubernetes.io/hash']
    expect(pod?.metadata.labels).toEqual({'app': 'agent', 'controller-revision-hash': hash, 'pod-template-generation': '1'})
    expect((await actors.object<DaemonSet>()).status).toEqual({
      currentNumberScheduled: 1, desiredNumberScheduled: 1, numberAvailable: 1, numberMisscheduled: 0, numberReady: 1, observedGeneration: 1, updatedNumberScheduled: 1,
    })
    expect(await actors.events()).toEqual([`SuccessfulCreate Created pod: ${pod?.metadata.name}`])
  })

  test.each<[string, Partial<DaemonSetSpec>, readonly string[]]>([
    ['the old pod goes before the new one comes', rolling(0, 1), ['v1', '', 'v2']],
    ['with a surge the new one is there first', rolling(1, 0), ['v1', 'v1 v2', 'v2']],
    ['nothing goes of itself', {updateStrategy: {type: 'OnDelete'}}, ['v1']],
  ])('%s', async (_, strategy, expected) => {
    const actors = await play(strategy)
    await actors.settle()
    await actors.change<DaemonSet>({template: template('v2')})
    const trace = await actors.settle((pod) => image(pod))
    expect(['v1', ...trace].map((line) => line.split(' ').sort().join(' ')).filter((line, index, all) => line !== all[index - 1])).toEqual(expected)
  })

  test('has none where the node is not the one it wants, and its pod goes when it is no longer', async () => {
    const actors = await play({template: template('v1', {nodeSelector: {disk: 'tape'}})})
    await actors.settle()
    expect([await actors.names(), (await actors.object<DaemonSet>()).status?.desiredNumberScheduled]).toEqual([[], 0])
    const label = (disk: string) => actors.resources.mutate<KubeObject>(nodeType, {name: 'tshift'}, (node) => ({...node, metadata: {...node.metadata, labels: {disk}}}))
    await label('tape')
    await actors.settle()
    expect(await actors.names()).toHaveLength(1)
    await label('ssd')
    await actors.settle()
    expect(await actors.names()).toEqual([])
  })

  test('takes up a revision that it had before', async () => {
    const actors = await play()
    for (const tag of ['v1', 'v2', 'v1']) {
      await actors.change<DaemonSet>({template: template(tag)})
      await actors.settle()
    }
    const {items} = await actors.resources.list<ControllerRevision>(controllerRevisionType)
    expect(items.map(({revision}) => revision).sort()).toEqual([2, 3])
    expect((await actors.pods()).map(image)).toEqual(['v1'])
  })
})

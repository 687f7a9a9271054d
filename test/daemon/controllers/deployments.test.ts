import {describe, expect, test} from 'vitest'
import type {Deployment} from '../../../src/api/kinds/deployment.js'
import type {Pod} from '../../../src/api/kinds/pod.js'
import {deleteObject} from '../../../src/resources/deletion.js'
import {rolloutBounds} from '../../../src/daemon/controllers/deployments/bounds.js'
import {nextLook} from '../../../src/daemon/controllers/next-look.js'
import {NOW} from '../../help/cluster.js'
import {image, rehearsal} from '../../help/rehearsal.js'

const rolling = (maxSurge: number | string, maxUnavailable: number | string) => ({type: 'RollingUpdate', rollingUpdate: {maxSurge, maxUnavailable}})
const conditions = ({status}: Deployment) => (status?.conditions ?? []).map(({type, status: state, reason}) => `${type}=${state} ${reason}`)

describe('how far a rollout may go', () => {
  test.each([
    [rolling('25%', '25%'), 1, 1, 0],
    [rolling('25%', '25%'), 4, 1, 1],
    [rolling('25%', '25%'), 10, 3, 2],
    [rolling('30%', '30%'), 10, 3, 3],
    [rolling(2, 1), 3, 2, 1],
    [rolling(0, '10%'), 3, 0, 1],
    [rolling(0, 5), 3, 0, 3],
    [{type: 'Recreate'}, 3, 0, 0],
  ])('%j of %i: %i more, %i fewer', (strategy, replicas, surge, unavailable) => {
    expect(rolloutBounds({spec: {replicas, strategy}} as Deployment)).toEqual({surge, unavailable})
  })
})

describe('rolling updates', () => {
  test.each([
    [1, rolling('25%', '25%'), ['1', '1 1', '0 1']],
    [4, rolling(1, 0), ['4', '4 1', '3 1', '3 2', '2 2', '2 3', '1 3', '1 4', '0 4']],
    [4, rolling(0, 1), ['4', '4 0', '3 0', '3 1', '2 1', '2 2', '1 2', '1 3', '0 3', '0 4']],
    [4, rolling('50%', '50%'), ['4', '4 2', '2 2', '2 4', '0 4']],
    [3, rolling('100%', 0), ['3', '3 3', '0 3']],
    [3, {type: 'Recreate'}, ['3', '0', '0 3']],
  ])('%i replicas by %j', async (replicas, strategy, expected) => {
    const rollout = await rehearsal({spec: {replicas, strategy}})
    const first = await rollout.settle()
    await rollout.change(image('v2'))
    expect([...first, ...(await rollout.settle())].filter((sizes, index, all) => sizes !== all[index - 1])).toEqual(expected)
    expect(await rollout.deployment()).toMatchObject({
      metadata: {annotations: {'deployment.kubernetes.io/revision': '2'}},
      status: {replicas, updatedReplicas: replicas, readyReplicas: replicas, availableReplicas: replicas, observedGeneration: 2},
    })
    expect(conditions(await rollout.deployment()).sort()).toEqual(['Available=True MinimumReplicasAvailable', 'Progressing=True NewReplicaSetAvailable'])
  })

  test('events tell each step in the controller\'s words', async () => {
    const rollout = await rehearsal()
    await rollout.settle()
    await rollout.change(image('v2'))
    await rollout.settle()
    const [one, two] = (await rollout.replicaSets()).map(({metadata}) => metadata.name)
    expect([...(await rollout.events())].sort()).toEqual(
      [`Scaled up replica set ${one} from 0 to 1`, `Scaled up replica set ${two} from 0 to 1`, `Scaled down replica set ${one} from 1 to 0`].sort(),
    )
  })

  test('pods that never become ready stop the rollout; going back keeps the pods that are left', async () => {
    const isGood = ({spec}: Pod) => spec.containers[0]?.image === 'web:v1'
    const rollout = await rehearsal({spec: {replicas: 4, strategy: rolling(1, 1)}, becomesReady: isGood})
    await rollout.settle()
    const first = (await rollout.world()).pods.map(({metadata}) => metadata.name)
    await rollout.change(image('v2'))
    expect((await rollout.settle()).at(-1)).toBe('3 2')
    expect((await rollout.deployment()).status).toMatchObject({replicas: 5, updatedReplicas: 2, readyReplicas: 3, availableReplicas: 3, unavailableReplicas: 2})
    await rollout.change(image('v1'))
    await rollout.settle()
    expect((await rollout.replicaSets()).map(({spec, metadata: {annotations}}) => [spec.replicas, annotations?.['deployment.kubernetes.io/revision'], annotations?.['deployment.kubernetes.io/revision-history']])).toEqual([
      [0, '2', undefined],
      [4, '3', '1'],
    ])
    const kept = (await rollout.world()).pods.map(({metadata}) => metadata.name).filter((name) => first.includes(name))
    expect(kept).toHaveLength(3)
  })

  test('a rollout without progress fails at its deadline, and not before', async () => {
    const rollout = await rehearsal({spec: {progressDeadlineSeconds: 60}, becomesReady: () => false})
    await rollout.settle()
    expect(conditions(await rollout.deployment())).toEqual(['Available=False MinimumReplicasUnavailable', 'Progressing=True ReplicaSetUpdated'])
    expect(nextLook(await rollout.world(), rollout.clock.now())).toBe(NOW + 60_001)
    rollout.clock.advance(60_000)
    await rollout.settle()
    expect(conditions(await rollout.deployment())).toContain('Progressing=True ReplicaSetUpdated')
    rollout.clock.advance(1)
    await rollout.settle()
    const [replicaSet] = await rollout.replicaSets()
    expect((await rollout.deployment()).status?.conditions?.at(-1)).toMatchObject({
      reason: 'ProgressDeadlineExceeded',
      status: 'False',
      message: `ReplicaSet "${replicaSet?.metadata.name}" has timed out progressing.`,
    })
    expect(nextLook(await rollout.world(), rollout.clock.now())).toBeUndefined()
  })

  test('a pod is available only when it has been ready for minReadySeconds', async () => {
    const rollout = await rehearsal({spec: {minReadySeconds: 5}})
    await rollout.settle()
    expect((await rollout.deployment()).status).toMatchObject({readyReplicas: 1, unavailableReplicas: 1})
    expect(nextLook(await rollout.world(), rollout.clock.now())).toBe(NOW + 5000)
    rollout.clock.advance(5000)
    await rollout.settle()
    expect((await rollout.deployment()).status).toMatchObject({availableReplicas: 1})
  })

  test('a paused rollout stands still, but scales; resumed it goes on', async () => {
    const rollout = await rehearsal({spec: {replicas: 2}})
    await rollout.settle()
    await rollout.change((spec) => image('v2')({...spec, paused: true}))
    expect(await rollout.settle()).toEqual(['2'])
    expect(conditions(await rollout.deployment())).toContain('Progressing=Unknown DeploymentPaused')
    await rollout.change((spec) => ({...spec, replicas: 3}))
    expect((await rollout.settle()).at(-1)).toBe('3')
    await rollout.change(({paused: _, ...spec}) => spec)
    expect((await rollout.settle()).at(-1)).toBe('0 3')
  })

  test('scaling during a rollout is shared out by size', async () => {
    const isOld = ({spec}: Pod) => spec.containers[0]?.image === 'web:v1'
    const rollout = await rehearsal({spec: {replicas: 10, strategy: rolling(3, 2)}, becomesReady: isOld})
    await rollout.settle()
    await rollout.change(image('v2'))
    expect((await rollout.settle()).at(-1)).toBe('8 5')
    await rollout.change((spec) => ({...spec, replicas: 15}))
    expect((await rollout.settle()).at(-1)).toBe('11 7')
  })

  test('old ReplicaSets beyond the history limit are forgotten', async () => {
    const rollout = await rehearsal({spec: {revisionHistoryLimit: 2}})
    await rollout.settle()
    for (const tag of ['v2', 'v3', 'v4', 'v5']) {
      await rollout.change(image(tag))
      await rollout.settle()
    }
    expect((await rollout.replicaSets()).map(({metadata}) => metadata.annotations?.['deployment.kubernetes.io/revision'])).toEqual(['3', '4', '5'])
  })

  test('ReplicaSets that lost their owner are adopted by the next that selects them', async () => {
    const rollout = await rehearsal()
    await rollout.settle()
    const [orphan] = await rollout.replicaSets()
    const {ownerReferences: _, ...metadata} = orphan?.metadata ?? {name: ''}
    await rollout.resources.update({...orphan, metadata} as never)
    expect(await rollout.settle()).toEqual(['1'])
    expect((await rollout.replicaSets())[0]?.metadata.ownerReferences).toMatchObject([{kind: 'Deployment', name: 'web'}])
  })

  test('a pod whose labels no longer fit is let go and replaced', async () => {
    const rollout = await rehearsal()
    await rollout.settle()
    const [pod] = (await rollout.world()).pods
    await rollout.resources.update({...pod, metadata: {...pod?.metadata, labels: {app: 'debug'}}} as never)
    await rollout.settle()
    const {pods} = await rollout.world()
    expect(pods.map(({metadata}) => [metadata.labels?.['app'], metadata.ownerReferences?.length]).sort()).toEqual([['debug', undefined], ['web', 1]])
  })

  test('a taken name is no end: another hash is found', async () => {
    const rollout = await rehearsal()
    await rollout.settle()
    const [squatter] = await rollout.replicaSets()
    await deleteObject(rollout.resources, squatter as never, {nodeAlive: false})
    const labels = {app: 'other'}
    await rollout.resources.create({...squatter, metadata: {name: squatter?.metadata.name, namespace: 'default', labels}, spec: {replicas: 0, selector: {matchLabels: labels}, template: {...squatter?.spec.template, metadata: {labels}}}} as never)
    await rollout.settle()
    expect((await rollout.deployment()).status).toMatchObject({collisionCount: 1, availableReplicas: 1})
  })
})

import {describe, expect, test} from 'vitest'
import {controllerRevisionType, type ControllerRevision} from '../../../src/api/kinds/controller-revision.js'
import {persistentVolumeClaimType, type PersistentVolumeClaim} from '../../../src/api/kinds/persistent-volume-claim.js'
import type {Pod} from '../../../src/api/kinds/pod.js'
import {statefulSetType, type StatefulSet, type StatefulSetSpec} from '../../../src/api/kinds/stateful-set.js'
import {membersOf} from '../../../src/daemon/controllers/stateful-sets/members.js'
import {nextSteps} from '../../../src/daemon/controllers/stateful-sets/next-steps.js'
import {deleteObject} from '../../../src/resources/deletion.js'
import {running, stage} from '../../help/stage.js'

const template = (tag: string) => ({metadata: {labels: {app: 'web'}}, spec: {containers: [{name: 'web', image: `web:${tag}`}]}})
const PARALLEL = {podManagementPolicy: 'Parallel'}
const rolling = (partition: number, maxUnavailable: number | string = 1) => ({updateStrategy: {type: 'RollingUpdate', rollingUpdate: {partition, maxUnavailable}}})
const ON_DELETE = {updateStrategy: {type: 'OnDelete'}}

function web(spec: Partial<StatefulSetSpec> = {}) {
  const whole = {serviceName: 'web', replicas: 3, selector: {matchLabels: {app: 'web'}}, template: template('v1'), ...spec}
  return {apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: {name: 'web'}, spec: whole} as StatefulSet
}

/** `2:v1`: the ordinal and the image. */
const short = ({metadata, spec}: Pod) => `${metadata.name.slice(4)}:${spec.containers[0]?.image?.slice(4)}`
const setOf = async (actors: Awaited<ReturnType<typeof stage>>) => actors.object<StatefulSet>()
const play = (spec: Partial<StatefulSetSpec> = {}) => stage(statefulSetType, web(spec))

describe('the next steps', () => {
  // a pod as `<ordinal><state>`: + ready, - not ready, x going, ! ended, * ready and of another revision
  const states: Readonly<Record<string, object>> = {
    '+': {status: running(0)},
    '-': {status: {phase: 'Running'}},
    'x': {status: running(0), gone: true},
    '!': {status: {phase: 'Failed'}},
    '*': {status: running(0), old: true},
  }
  const pod = (text: string): Pod => {
    const {status, gone, old} = states[text.slice(-1)] as {status: object; gone?: boolean; old?: boolean}
    const labels = {'controller-revision-hash': old === true ? 'old' : 'new'}
    return {metadata: {name: `web-${text.slice(0, -1)}`, labels, ...(gone === true && {deletionTimestamp: 'now'})}, spec: {}, status} as unknown as Pod
  }
  test.each<[string, string, Partial<StatefulSetSpec>, string]>([
    ['the first pod is made first', '', {}, '+0'],
    ['the next one waits for those before it', '0-', {}, ''],
    ['and comes once they are ready', '0+', {}, '+1'],
    ['a gap is filled', '0+ 2+', {}, '+1'],
    ['one that ended is replaced', '0+ 1! 2+', {}, '-1'],
    ['one on its way out is waited for', '0+ 1x 2+', {}, ''],
    ['in parallel all come at once', '1+', PARALLEL, '+0 +2'],
    ['ordinals may begin elsewhere', '5+', {ordinals: {start: 5}}, '+6'],
    ['the highest goes first', '0+ 1+ 2+ 3+ 4+', {}, '-4'],
    ['and is waited for', '0+ 1+ 2+ 3+ 4x', {}, ''],
    ['others wait for the lowest that is not ready', '0+ 1+ 2+ 3- 4+', {}, '-4'],
    ['which goes in its turn', '0+ 1+ 2+ 3-', {}, '-3'],
    ['not before it', '0+ 1+ 2+ 3- 4-', {}, ''],
    ['in parallel all go at once', '0+ 1+ 2+ 3+ 4+', PARALLEL, '-4 -3'],
    ['nothing shrinks while one is not ready', '0+ 1- 2+ 3+', {}, ''],
    ['an update begins with the highest', '0* 1* 2*', {}, '-2'],
    ['and goes on when that is ready', '0* 1* 2+', {}, '-1'],
    ['not before', '0* 1* 2-', {}, ''],
    ['pods below the partition stay', '0* 1* 2+', rolling(2), ''],
    ['more may go at once', '0* 1* 2*', rolling(0, 2), '-2 -1'],
    ['shares are rounded up', '0* 1* 2*', rolling(0, '34%'), '-2 -1'],
    ['nothing goes of itself', '0* 1* 2*', ON_DELETE, ''],
  ])('%s: %s', (_, present, spec, expected) => {
    const set = web({...rolling(0), ...spec})
    const members = membersOf(set, present === '' ? [] : present.split(' ').map(pod))
    const steps = nextSteps({...members, set, revision: 'new', moment: {minReadySeconds: 0, nowMs: 0}})
    expect(steps.map((step) => (step.type === 'create' ? `+${step.ordinal}` : `-${step.pod.metadata.name.slice(4)}`)).join(' ')).toBe(expected)
  })
})

describe('a StatefulSet', () => {
  test('makes its pods one after the other, each with its name', async () => {
    const actors = await play()
    expect(await actors.settle()).toEqual(['', 'web-0', 'web-0 web-1', 'web-0 web-1 web-2'])
    const revision = (await setOf(actors)).status?.updateRevision
    expect((await setOf(actors)).status).toEqual({
      availableReplicas: 3, collisionCount: 0, currentReplicas: 3, currentRevision: revision, observedGeneration: 1, readyReplicas: 3, replicas: 3, updateRevision: revision, updatedReplicas: 3,
    })
    const [, second] = await actors.pods()
    expect(second?.metadata.labels).toEqual({
      'app': 'web', 'apps.kubernetes.io/pod-index': '1', 'controller-revision-hash': revision, 'statefulset.kubernetes.io/pod-name': 'web-1',
    })
    expect([second?.spec.hostname, second?.spec.subdomain]).toEqual(['web-1', 'web'])
    expect(await actors.events()).toEqual([0, 1, 2].map((ordinal) => `SuccessfulCreate create Pod web-${ordinal} in StatefulSet web successful`))
  })

  test('is updated from the highest ordinal down, and goes back to a revision it knows', async () => {
    const actors = await play()
    await actors.settle()
    await actors.change<StatefulSet>({template: template('v2')})
    expect(await actors.settle(short)).toEqual([
      '0:v1 1:v1 2:v1', '0:v1 1:v1', '0:v1 1:v1 2:v2', '0:v1 2:v2', '0:v1 1:v2 2:v2', '1:v2 2:v2', '0:v2 1:v2 2:v2',
    ])
    const {status} = await setOf(actors)
    expect([status?.currentRevision === status?.updateRevision, status?.currentReplicas]).toEqual([true, 3])
    await actors.change<StatefulSet>({template: template('v1')})
    await actors.settle()
    const {items} = await actors.resources.list<ControllerRevision>(controllerRevisionType)
    expect(items.map(({revision}) => revision).sort()).toEqual([2, 3])
    expect((await setOf(actors)).status?.updateRevision).not.toBe(status?.updateRevision)
  })

  test('keeps pods below the partition, and makes them again as they were', async () => {
    const actors = await play(rolling(2))
    await actors.settle()
    await actors.change<StatefulSet>({template: template('v2')})
    expect((await actors.settle(short)).at(-1)).toBe('0:v1 1:v1 2:v2')
    const [first] = await actors.pods()
    if (first !== undefined) await actors.resources.remove(first)
    expect((await actors.settle(short)).at(-1)).toBe('0:v1 1:v1 2:v2')
    expect((await setOf(actors)).status).toMatchObject({currentReplicas: 2, updatedReplicas: 1, replicas: 3})
    await actors.change<StatefulSet>(rolling(0))
    expect((await actors.settle(short)).at(-1)).toBe('0:v2 1:v2 2:v2')
  })

  test('waits with OnDelete for pods to be deleted', async () => {
    const actors = await play(ON_DELETE)
    await actors.settle()
    await actors.change<StatefulSet>({template: template('v2')})
    expect((await actors.settle(short)).at(-1)).toBe('0:v1 1:v1 2:v1')
    const [, second] = await actors.pods()
    if (second !== undefined) await actors.resources.remove(second)
    expect((await actors.settle(short)).at(-1)).toBe('0:v1 1:v2 2:v1')
  })

  test('waits minReadySeconds for each pod', async () => {
    const actors = await play({minReadySeconds: 10})
    await actors.settle()
    expect([await actors.names(), (await setOf(actors)).status?.availableReplicas]).toEqual([['web-0'], 0])
    actors.clock.advance(10_000)
    await actors.settle()
    expect(await actors.names()).toEqual(['web-0', 'web-1'])
  })

  test('remembers no more revisions than it is told to', async () => {
    const actors = await play({replicas: 1, revisionHistoryLimit: 1})
    for (const tag of ['v2', 'v3', 'v4']) {
      await actors.settle()
      await actors.change<StatefulSet>({template: template(tag)})
    }
    await actors.settle()
    const {items} = await actors.resources.list<ControllerRevision>(controllerRevisionType)
    expect(items.map(({revision}) => revision).sort()).toEqual([3, 4])
  })

  test('takes up the pods and revisions of one that was deleted without them', async () => {
    const actors = await play({replicas: 2})
    await actors.settle()
    const before = await actors.pods()
    await deleteObject(actors.resources, await setOf(actors), {nodeAlive: false, propagation: 'orphan'})
    expect(await actors.names()).toEqual(['web-0', 'web-1'])
    await actors.resources.create({...web({replicas: 2}), metadata: {name: 'web', namespace: 'default'}})
    await actors.settle()
    expect((await actors.pods()).map(({metadata}) => metadata.uid)).toEqual(before.map(({metadata}) => metadata.uid))
    expect((await actors.resources.list(controllerRevisionType)).items).toHaveLength(1)
  })
})

describe('the claims of a StatefulSet', () => {
  const volumeClaimTemplates = [{metadata: {name: 'data'}, spec: {accessModes: ['ReadWriteOnce'], resources: {requests: {storage: '1Gi'}}}}]
  const claimsOf = async ({resources}: Awaited<ReturnType<typeof stage>>) => (await resources.list<PersistentVolumeClaim>(persistentVolumeClaimType)).items
  const policy = (whenDeleted: string, whenScaled: string) => ({volumeClaimTemplates, persistentVolumeClaimRetentionPolicy: {whenDeleted, whenScaled}})

  test('are made before their pods, are bound, and stay', async () => {
    const actors = await play({replicas: 2, volumeClaimTemplates})
    await actors.settle()
    await actors.change<StatefulSet>({replicas: 1})
    await actors.settle()
    const claims = await claimsOf(actors)
    expect(claims.map(({metadata, spec, status}) => [metadata.name, metadata.labels, spec.volumeName === `pvc-${metadata.uid}`, status])).toEqual(
      [0, 1].map((ordinal) => [`data-web-${ordinal}`, {app: 'web'}, true, {accessModes: ['ReadWriteOnce'], capacity: {storage: '1Gi'}, phase: 'Bound'}]),
    )
    expect((await actors.pods())[0]?.spec.volumes).toEqual([{name: 'data', persistentVolumeClaim: {claimName: 'data-web-0'}}])
    expect(await actors.events()).toContain('SuccessfulCreate create Claim data-web-0 Pod web-0 in StatefulSet web success')
  })

  test.each([
    ['Retain', 'Retain', ['data-web-0', 'data-web-1'], ['data-web-0', 'data-web-1']],
    ['Retain', 'Delete', ['data-web-0'], ['data-web-0']],
    ['Delete', 'Retain', ['data-web-0', 'data-web-1'], []],
    ['Delete', 'Delete', ['data-web-0'], []],
  ])('with %s when deleted and %s when scaled', async (whenDeleted, whenScaled, scaled, deleted) => {
    const actors = await play({replicas: 2, ...policy(whenDeleted, whenScaled)})
    await actors.settle()
    await actors.change<StatefulSet>({replicas: 1})
    await actors.settle()
    expect((await claimsOf(actors)).map(({metadata}) => metadata.name)).toEqual(scaled)
    await deleteObject(actors.resources, await setOf(actors), {nodeAlive: false})
    await actors.settle()
    expect((await claimsOf(actors)).map(({metadata}) => metadata.name)).toEqual(deleted)
  })
})

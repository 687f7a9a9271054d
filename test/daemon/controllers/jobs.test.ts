import {describe, expect, test} from 'vitest'
import {jobType, type Job, type JobSpec} from '../../../src/api/kinds/job.js'
import {podType, type Pod, type PodStatus} from '../../../src/api/kinds/pod.js'
import {formatTime} from '../../../src/api/object.js'
import {formatIndexes, parseIndexes} from '../../../src/daemon/controllers/jobs/indexes.js'
import {nextLook} from '../../../src/daemon/controllers/next-look.js'
import {worldOf} from '../../../src/daemon/world.js'
import {deleteObject} from '../../../src/resources/deletion.js'
import {NOW} from '../../help/cluster.js'
import {running, stage, type Fate} from '../../help/stage.js'

const TIME = formatTime(NOW)

function job(spec: Partial<JobSpec> = {}, restartPolicy = 'Never') {
  const template = {spec: {restartPolicy, containers: [{name: 'work', image: 'work:1'}]}}
  return {apiVersion: 'batch/v1', kind: 'Job', metadata: {name: 'work'}, spec: {template, ...spec}} as Job
}

const ended = (phase: string, finishedAt = TIME): PodStatus => ({
  phase,
  containerStatuses: [{name: 'work', ready: false, restartCount: 0, state: {terminated: {exitCode: phase === 'Failed' ? 1 : 0, finishedAt}}}],
})
/** Each pod runs, and then ends so. */
const ends = (phase: string): Fate => ({status}) => (status?.phase === 'Pending' ? running(NOW) : status?.phase === 'Running' ? ended(phase) : undefined)
const runs: Fate = ({status}) => (status?.phase === 'Pending' ? running(NOW) : undefined)

const play = (spec: Partial<JobSpec>, fate: Fate, restartPolicy?: string) => stage(jobType, job(spec, restartPolicy), fate)
type Actors = Awaited<ReturnType<typeof play>>
const statusOf = async (actors: Actors) => (await actors.object<Job>()).status
const conditions = async (actors: Actors) => ((await statusOf(actors))?.conditions ?? []).map(({type, status, reason}) => `${type}=${status} ${reason}`)
const phases = ({status}: Pod) => status?.phase ?? ''

test.each<[string, readonly number[]]>([['', []], ['0', [0]], ['0,1', [0, 1]], ['0-2,5', [0, 1, 2, 5]]])('%s are the indexes %j', (text, indexes) => {
  expect([formatIndexes([...indexes].reverse()), [...parseIndexes(text)]]).toEqual([text, indexes])
})

describe('a Job', () => {
  test('is complete when its pod has succeeded, and holds nothing any more', async () => {
    const actors = await play({}, ends('Succeeded'))
    await actors.settle()
    const told = {lastProbeTime: TIME, lastTransitionTime: TIME, message: 'Reached expected number of succeeded pods', reason: 'CompletionsReached', status: 'True'}
    expect(await statusOf(actors)).toEqual({
      completionTime: TIME,
      conditions: [{...told, type: 'SuccessCriteriaMet'}, {...told, type: 'Complete'}],
      ready: 0,
      startTime: TIME,
      succeeded: 1,
      terminating: 0,
      uncountedTerminatedPods: {},
    })
    const [pod] = await actors.pods()
    const {uid, labels} = (await actors.object<Job>()).metadata
    expect(labels).toEqual({'batch.kubernetes.io/controller-uid': uid, 'batch.kubernetes.io/job-name': 'work', 'controller-uid': uid, 'job-name': 'work'})
    expect([pod?.metadata.labels, pod?.metadata.finalizers]).toEqual([labels, undefined])
    expect(await actors.events()).toEqual(['Completed Job completed', `SuccessfulCreate Created pod: ${pod?.metadata.name}`])
  })

  test('makes as many pods at once as it may, until enough have succeeded', async () => {
    const actors = await play({completions: 3, parallelism: 2}, ends('Succeeded'))
    const counts = (await actors.settle(phases)).map((line) => line.split(' ').filter((phase) => phase === 'Pending' || phase === 'Running').length)
    expect(Math.max(...counts)).toBe(2)
    expect([(await statusOf(actors))?.succeeded, (await actors.pods()).length]).toEqual([3, 3])
  })

  test('counts a pod that is deleted after its success', async () => {
    const actors = await play({completions: 2, parallelism: 1}, ({status}) => (status?.phase === 'Pending' ? ended('Succeeded') : undefined))
    while ((await statusOf(actors))?.succeeded !== 1) await actors.round()
    for (const pod of await actors.pods()) if (pod.status?.phase === 'Succeeded') await actors.resources.remove(pod)
    await actors.settle()
    expect((await statusOf(actors))?.succeeded).toBe(2)
  })

  test('tries again, later each time, and gives up', async () => {
    const actors = await play({backoffLimit: 2}, ({status}) => (status?.phase === 'Pending' ? ended('Failed', formatTime(actors.clock.now())) : undefined))
    const waits: number[] = []
    for (;;) {
      await actors.settle()
      const at = nextLook(worldOf((await actors.resources.listAll()).items), actors.clock.now())
      if (at === undefined) break
      waits.push(at - actors.clock.now())
      actors.clock.advance(at - actors.clock.now())
    }
    expect(waits).toEqual([10_000, 20_000])
    expect(await conditions(actors)).toEqual(['FailureTarget=True BackoffLimitExceeded', 'Failed=True BackoffLimitExceeded'])
    expect(await statusOf(actors)).toMatchObject({failed: 3})
    expect(await actors.events()).toContain('BackoffLimitExceeded Job has reached the specified backoff limit')
  })

  test('counts the restarts of containers where pods start them again', async () => {
    const restarted: PodStatus = {phase: 'Running', containerStatuses: [{name: 'work', ready: false, restartCount: 2}]}
    const actors = await play({backoffLimit: 2}, ({status}) => (status?.phase === 'Pending' ? restarted : undefined), 'OnFailure')
    await actors.settle()
    expect([await conditions(actors), await actors.names()]).toEqual([['FailureTarget=True BackoffLimitExceeded', 'Failed=True BackoffLimitExceeded'], []])
  })

  test('ends its pods when it has taken too long', async () => {
    const actors = await play({activeDeadlineSeconds: 60}, runs)
    await actors.settle()
    actors.clock.advance(60_000)
    await actors.settle()
    expect([await conditions(actors), await actors.names()]).toEqual([['FailureTarget=True DeadlineExceeded', 'Failed=True DeadlineExceeded'], []])
  })

  test('is deleted with its pods some time after its end', async () => {
    const actors = await play({ttlSecondsAfterFinished: 30}, ends('Succeeded'))
    await actors.settle()
    actors.clock.advance(29_999)
    await actors.settle()
    expect(await actors.find()).toBeDefined()
    actors.clock.advance(1)
    await actors.settle()
    expect([await actors.find(), await actors.pods()]).toEqual([undefined, []])
  })

  test('has no pods while it is suspended', async () => {
    const actors = await play({suspend: true}, runs)
    await actors.settle()
    expect([await conditions(actors), await actors.names()]).toEqual([['Suspended=True JobSuspended'], []])
    await actors.change<Job>({suspend: false})
    await actors.settle()
    expect([await conditions(actors), (await actors.names()).length]).toEqual([['Suspended=False JobResumed'], 1])
    expect((await actors.events()).filter((text) => !text.startsWith('Successful'))).toEqual(['Resumed Job resumed', 'Suspended Job suspended'])
  })

  test('gives its pods indexes, and does each until it has succeeded', async () => {
    const failsOnce: Fate = ({metadata, status}) => (status?.phase !== 'Pending' ? undefined : ended(metadata.name.startsWith('work-1-') && isFirst() ? 'Failed' : 'Succeeded'))
    let tries = 0
    const isFirst = () => tries++ === 0
    const actors = await play({completionMode: 'Indexed', completions: 3, parallelism: 3}, failsOnce)
    await actors.settle()
    expect(await statusOf(actors)).toMatchObject({completedIndexes: '0-2', succeeded: 3, failed: 1})
    expect((await actors.names()).map((name) => name.slice(0, 'work-0'.length))).toEqual(['work-0', 'work-1', 'work-1', 'work-2'])
    const last = (await actors.pods()).find(({metadata}) => metadata.name.startsWith('work-2-'))
    expect([last?.spec.hostname, last?.metadata.annotations]).toEqual(['work-2', {'batch.kubernetes.io/job-completion-index': '2'}])
  })

  test.each(['background', 'foreground', 'orphan'] as const)('lets its pods go when it is deleted: %s', async (propagation) => {
    const actors = await play({}, runs)
    await actors.settle()
    await deleteObject(actors.resources, await actors.object<Job>(), {nodeAlive: false, propagation})
    await actors.settle()
    const {items} = await actors.resources.list<Pod>(podType)
    expect([await actors.find(), items.map(({metadata}) => metadata.finalizers)]).toEqual([undefined, propagation === 'orphan' ? [undefined] : []])
  })
})

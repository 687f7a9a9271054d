import {mkdtempSync, readFileSync, rmSync, statSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {afterEach, beforeEach, describe, expect, test} from 'vitest'
import {eventType, type Event} from '../../../src/api/kinds/event.js'
import {podType, type Pod} from '../../../src/api/kinds/pod.js'
import {summarizePod} from '../../../src/api/kinds/pod-summary.js'
import type {KubeObject} from '../../../src/api/object.js'
import {EventRecorder} from '../../../src/daemon/event-recorder.js'
import {PodRunner} from '../../../src/daemon/pods/pod-runner.js'
import type {Resources} from '../../../src/resources/resources.js'
import {freshCluster, NOW} from '../../help/cluster.js'

const sh = (name: string, script: string, more: object = {}) => ({name, image: 'example/app:1', command: ['sh', '-c', script], ...more})

describe('a pod', () => {
  let resources: Resources
  let directory: string
  let runner: PodRunner | undefined

  beforeEach(async () => {
    resources = (await freshCluster()).resources
    directory = mkdtempSync(path.join(tmpdir(), 'tshift-pod-'))
  })
  afterEach(async () => {
    await runner?.stop(0)
    rmSync(directory, {recursive: true, force: true})
  })

  async function start(spec: object): Promise<void> {
    const created = await resources.create({apiVersion: 'v1', kind: 'Pod', metadata: {name: 'app', namespace: 'default'}, spec} as KubeObject)
    const pod = created.object as Pod
    const placement = {address: '127.0.0.1', hostPort: (port: number) => port}
    const report = (error: unknown) => expect.fail(String(error))
    runner = new PodRunner({pod, placement, resources, events: new EventRecorder(resources), directory, claims: path.join(directory, 'claims'), allowHostCommands: true, engine: async () => undefined, report})
    runner.start()
  }

  /** The pod as soon as its STATUS column says so, and its phase. */
  async function until(status: string, phase?: string): Promise<Pod> {
    const is = (pod: Pod) => summarizePod(pod, NOW).status === status && (phase === undefined || pod.status?.phase === phase)
    const aborted = new AbortController()
    try {
      const {items, resourceVersion} = await resources.list<Pod>(podType, {namespace: 'default'})
      const now = items.find(is)
      if (now !== undefined) return now
      for await (const batch of resources.watch<Pod>(podType, resourceVersion, {namespace: 'default', signal: aborted.signal})) {
        const found = batch.find(({object}) => is(object))
        if (found !== undefined) return found.object
      }
    } finally {
      aborted.abort()
    }
    throw new Error(`the pod was never ${status}`)
  }

  const logOf = (container: string) => readFileSync(path.join(directory, `${container}.log`), 'utf8').replace(/^.* stdout F /gm, '')

  test('runs its init containers one after the other, then all others; sidecars go on and end with it', async () => {
    const order = 'echo $0 >> $TSHIFT_VOLUME_SHARED/order'
    const volumeMounts = [{name: 'shared', mountPath: '/shared'}]
    const step = (name: string, after = '') => ({...sh(name, `${order}${after}`), command: ['sh', '-c', `${order}${after}`, name], volumeMounts})
    await start({
      restartPolicy: 'Never',
      volumes: [{name: 'shared', emptyDir: {}}],
      initContainers: [step('one', '; sleep 0.05'), {...step('side', '; exec sleep 1000'), restartPolicy: 'Always', startupProbe: {exec: {command: ['true']}}}, step('two')],
      containers: [step('main', '; sleep 0.05; cat $TSHIFT_VOLUME_SHARED/order')],
    })
    const pod = await until('Completed')
    expect(pod.status?.phase).toBe('Succeeded')
    expect(pod.status?.initContainerStatuses?.filter(({name}) => name !== 'side')).toMatchObject([{name: 'one', ready: true}, {name: 'two', ready: true}])
    expect(logOf('main')).toBe('one\nside\ntwo\nmain\n')
  })

  test.each([
    ['Completed', 'Succeeded', {restartPolicy: 'Never', containers: [sh('a', 'exit 0'), sh('b', 'exit 0')]}],
    ['Error', 'Failed', {restartPolicy: 'Never', containers: [sh('a', 'exit 7'), sh('b', 'exit 0')]}],
    ['Init:Error', 'Failed', {restartPolicy: 'Never', initContainers: [sh('i', 'exit 1')], containers: [sh('a', 'exit 0')]}],
    ['Init:CrashLoopBackOff', 'Pending', {initContainers: [sh('i', 'exit 1')], containers: [sh('a', 'exit 0')]}],
    ['CrashLoopBackOff', 'Running', {containers: [sh('a', 'exit 0')]}],
    ['RunContainerError', 'Pending', {containers: [{name: 'a', image: 'x', command: ['tshift-no-such-program']}]}],
    ['CreateContainerConfigError', 'Pending', {containers: [sh('a', '', {envFrom: [{configMapRef: {name: 'nope'}}]})]}],
    ['Init:0/1', 'Pending', {initContainers: [sh('i', 'exec sleep 1000')], containers: [sh('a', 'exit 0')]}],
  ])('is %s and %s', async (status, phase, spec) => {
    await start(spec)
    await until(status, phase)
  })

  test('has files for what its ConfigMaps and Secrets say, waits for them, and lets no path lead out of them', async () => {
    const volumes = [{name: 'conf', configMap: {name: 'settings', items: [{key: 'a', path: 'deep/a.conf'}]}}, {name: 'key-s', secret: {secretName: 'keys', defaultMode: 0o400}}]
    const volumeMounts = [{name: 'conf', mountPath: '/c'}, {name: 'key-s', mountPath: '/k'}]
    await start({volumes, restartPolicy: 'Never', containers: [sh('a', 'cat "$TSHIFT_VOLUME_CONF/deep/a.conf" "$TSHIFT_VOLUME_KEY_S/token"', {volumeMounts})]})
    expect((await until('ContainerCreating')).status?.phase).toBe('Pending')
    await resources.create({apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: 'settings', namespace: 'default'}, data: {a: 'x=1\n'}} as KubeObject)
    await resources.create({apiVersion: 'v1', kind: 'Secret', metadata: {name: 'keys', namespace: 'default'}, stringData: {token: 'secret\n'}} as KubeObject)
    await until('Completed')
    expect(logOf('a')).toBe('x=1\nsecret\n')
    const modeOf = (file: string) => (statSync(path.join(directory, 'volumes', file)).mode & 0o777).toString(8)
    expect(['', 'conf', 'conf/deep/a.conf', 'key-s/token'].map(modeOf)).toEqual(['700', '755', '644', '400']) // another user may read it, in a container
    const {items} = await resources.list<Event>(eventType, {namespace: 'default'})
    expect(items.map(({reason, message}) => `${reason}: ${message}`)).toContain('FailedMount: MountVolume.SetUp failed for volume "conf" : configmap "settings" not found')
  })

  test('that ignores TERM is killed when its grace is over, after its preStop hook', async () => {
    const preStop = {exec: {command: ['sh', '-c', 'echo stopping > $TSHIFT_VOLUME_T/hook']}}
    await start({
      volumes: [{name: 't', emptyDir: {}}],
      containers: [sh('a', 'trap "echo TERM" TERM; echo up; while :; do sleep 0.02; done', {lifecycle: {preStop}, volumeMounts: [{name: 't', mountPath: '/t'}]})],
    })
    await until('Running')
    await runner?.announceEnd()
    await runner?.stop(300)
    expect(readFileSync(path.join(directory, 'volumes/t/hook'), 'utf8')).toBe('stopping\n')
    const {items} = await resources.list<Event>(eventType, {namespace: 'default'})
    expect(items.map(({reason, message}) => `${reason}: ${message}`)).toContain('Killing: Stopping container a')
  })

  test('is Ready by its readiness probe, and restarted by its liveness probe', async () => {
    await start({
      volumes: [{name: 't', emptyDir: {}}],
      containers: [
        sh('a', 'exec sleep 1000', {
          volumeMounts: [{name: 't', mountPath: '/t'}],
          readinessProbe: {exec: {command: ['true']}, periodSeconds: 1},
          livenessProbe: {exec: {command: ['sh', '-c', 'echo broken; exit 1']}, periodSeconds: 1, failureThreshold: 1, initialDelaySeconds: 1},
        }),
      ],
    })
    await runner?.ready()
    const pod = await until('CrashLoopBackOff')
    expect(pod.status?.containerStatuses?.[0]).toMatchObject({restartCount: 1, ready: false, lastState: {terminated: {exitCode: 143}}})
    const {items} = await resources.list<Event>(eventType, {namespace: 'default'})
    const told = items.map(({reason, message}) => `${reason}: ${message}`)
    expect(told).toContain('Unhealthy: Liveness probe failed: broken\n')
    expect(told).toContain('Killing: Container a failed liveness probe, will be restarted')
  })
})

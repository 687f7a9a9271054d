import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {PassThrough} from 'node:stream'
import {text} from 'node:stream/consumers'
import {afterAll, describe, expect, test} from 'vitest'
import type {ContainerStatus, Pod} from '../../../src/api/kinds/pod.js'
import {manualClock} from '../../help/manual-clock.js'
import type {LogOptions} from '../../../src/cli/logs/log-options.js'
import {printLogs} from '../../../src/cli/logs/print-logs.js'
import {requireLog} from '../../../src/cli/logs/require-log.js'
import {outletTo} from '../../../src/cli/outlet.js'
import {podLogDirectory} from '../../../src/daemon/pods/pod-log-directory.js'
import {LogFile} from '../../../src/workload/logs/log-file.js'

const podLogs = mkdtempSync(path.join(tmpdir(), 'tshift-logs-'))
afterAll(() => rmSync(podLogs, {recursive: true, force: true}))

const RUNNING = {running: {startedAt: '2026-11-21T00:00:00Z'}}
const ENDED = {terminated: {exitCode: 1}}

function pod(name: string, status: Partial<ContainerStatus> | undefined, nodeName = 'tshift'): Pod {
  const containerStatuses = status === undefined ? [] : [{name: 'c', ready: false, restartCount: 0, ...status}]
  return {apiVersion: 'v1', kind: 'Pod', metadata: {name, namespace: 'ns', uid: name}, spec: {nodeName, containers: [{name: 'c'}]}, status: {containerStatuses}}
}

describe('whether there is a log', () => {
  test.each<[string, Pod, boolean, string]>([
    ['of a pod without a node', pod('p', undefined, ''), false, 'pod p does not have a host assigned'],
    ['without a status', pod('p', undefined), false, 'container "c" in pod "p" is not available'],
    ['before the first run', pod('p', {state: {waiting: {reason: 'ContainerCreating'}}}), false, 'container "c" in pod "p" is waiting to start: ContainerCreating'],
    ['before the init containers', pod('p', {state: {waiting: {reason: 'PodInitializing'}}}), false, 'container "c" in pod "p" is waiting to start: PodInitializing'],
    ['without an image', pod('p', {state: {waiting: {reason: 'ErrImagePull'}}}), false, `container "c" in pod "p" is waiting to start: image can't be pulled`],
    ['without an image for long', pod('p', {state: {waiting: {reason: 'ImagePullBackOff'}}}), false, 'container "c" in pod "p" is waiting to start: trying and failing to pull image'],
    ['for no known reason', pod('p', {state: {}}), false, 'container "c" in pod "p" is waiting to start - no logs yet'],
    ['of a run before the first', pod('p', {state: RUNNING}), true, 'previous terminated container "c" in pod "p" not found'],
  ])('%s', (_, subject, previous, message) => {
    expect(() => requireLog(subject, 'c', previous)).toThrow(message)
  })

  test.each<[string, Partial<ContainerStatus>, boolean]>([
    ['it runs', {state: RUNNING}, false],
    ['it has ended', {state: ENDED}, false],
    ['it waits to be restarted', {state: {waiting: {reason: 'CrashLoopBackOff'}}, lastState: ENDED}, false],
    ['it ran before', {state: RUNNING, lastState: ENDED}, true],
  ])('there is one when %s', (_, status, previous) => {
    expect(requireLog(pod('p', status), 'c', previous)).toBeUndefined()
  })
})

const OPTIONS: LogOptions = {
  target: undefined,
  selector: undefined,
  container: undefined,
  allContainers: false,
  allPods: false,
  follow: false,
  previous: false,
  prefix: false,
  timestamps: false,
  ignoreErrors: false,
  tail: undefined,
  sinceMs: undefined,
  limitBytes: undefined,
  maxRequests: 5,
}

/** The log of a container that ran twice, and its pod. */
async function ranTwice(name: string, first: readonly string[], second: readonly string[]): Promise<Pod> {
  const subject = pod(name, {state: ENDED, lastState: ENDED})
  const log = await LogFile.open(path.join(podLogDirectory(podLogs, subject), 'c.log'), {clock: manualClock()})
  for (const lines of [first, second]) {
    log.beginRun()
    lines.forEach((line) => log.append(line))
    log.endRun()
  }
  log.close()
  return subject
}

async function printed(pods: readonly Pod[], options: Partial<LogOptions> = {}): Promise<string> {
  const stream = new PassThrough()
  const all = text(stream)
  const sources = pods.map((subject) => ({pod: subject, container: 'c'}))
  await printLogs(sources, {...OPTIONS, ...options}, {podLogs, signal: new AbortController().signal, out: outletTo(stream)})
  stream.end()
  return all
}

describe('printing', () => {
  test.each<[string, Partial<LogOptions>, string]>([
    ['the last run', {}, 'c\ndé\n'],
    ['the run before', {previous: true}, 'a\nb\n'],
    ['the run before does not grow', {previous: true, follow: true}, 'a\nb\n'],
    ['the last line', {tail: 1}, 'dé\n'],
    ['the first bytes', {limitBytes: 3}, 'c\nd'],
    ['no half of a character', {limitBytes: 4}, 'c\nd'],
    ['times', {tail: 1, timestamps: true}, '1970-01-01T00:00:00.000000000Z dé\n'],
    ['its source', {prefix: true, tail: 1}, '[pod/one/c] dé\n'],
    ['what is followed to its end', {follow: true}, 'c\ndé\n'],
  ])('%s', async (_, options, expected) => {
    expect(await printed([await ranTwice('one', ['a', 'b'], ['c', 'dé'])], options)).toBe(expected)
  })

  test('several logs, one after the other, or followed at once', async () => {
    const pods = [await ranTwice('x', [], ['x1', 'x2']), await ranTwice('y', [], ['y1'])]
    expect(await printed(pods)).toBe('x1\nx2\ny1\n')
    expect((await printed(pods, {follow: true, prefix: true})).split('\n').sort()).toEqual(['', '[pod/x/c] x1', '[pod/x/c] x2', '[pod/y/c] y1'])
  })

  test('more logs than may be followed are refused', async () => {
    const many = [pod('a', {}), pod('b', {})]
    const message = 'you are attempting to follow 2 log streams, but maximum allowed concurrency is 1, use --max-log-requests to increase the limit'
    await expect(printed(many, {follow: true, maxRequests: 1})).rejects.toThrow(message)
  })

  test.each([false, true])('an error ends it, or is printed among the lines (followed: %s)', async (follow) => {
    const pods = [pod('new', {state: {waiting: {reason: 'ContainerCreating'}}}), await ranTwice('x', [], ['x1'])]
    const message = 'container "c" in pod "new" is waiting to start: ContainerCreating'
    await expect(printed(pods, {follow})).rejects.toThrow(message)
    expect((await printed(pods, {follow, ignoreErrors: true})).split('\n').sort()).toEqual(['', `error: ${message}`, 'x1'])
  })

  test('a reader that has gone ends it', async () => {
    const stream = new PassThrough({highWaterMark: 1})
    const out = outletTo(stream)
    const subject = await ranTwice('long', [], Array.from({length: 100_000}, (_, index) => `line ${index}`))
    const printing = printLogs([{pod: subject, container: 'c'}], OPTIONS, {podLogs, signal: out.closed, out})
    stream.once('data', () => stream.destroy(Object.assign(new Error(), {code: 'EPIPE'})))
    await printing
    expect(out.closed.aborted).toBe(true)
  })
})

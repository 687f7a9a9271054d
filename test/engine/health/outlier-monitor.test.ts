import {afterEach, beforeEach, describe, expect, test, vi} from 'vitest'
import {OutlierMonitor} from '../../../src/engine/health/outlier-monitor.js'
import {RemoteHealth} from '../../../src/engine/workers/remote-health.js'
import type {ReportedOutcome, ToWorker} from '../../../src/engine/workers/messages.js'
import {WorkerHealth} from '../../../src/engine/workers/worker-health.js'
import type {OutlierDetection, Routing} from '../../../src/routing/routing.js'
import {routingOf} from '../routing-of.js'

const SETTINGS: OutlierDetection = {consecutive5xx: 3, intervalMs: 10_000, baseEjectionMs: 30_000, maxEjectionPercent: 100, panicPercent: 0}

const UNWATCHED = routingOf([], {v1: {endpoints: [{address: 'a', port: 1}]}})

function watching(settings: Partial<OutlierDetection> = {}, hosts: readonly string[] = ['a', 'b']): Routing {
  const routing = routingOf([], {v1: {endpoints: hosts.map((address) => ({address, port: 1}))}})
  const outlierDetection = {...SETTINGS, ...settings}
  return {...routing, clusters: Object.fromEntries(Object.entries(routing.clusters).map(([key, cluster]) => [key, {...cluster, outlierDetection}]))}
}

beforeEach(() => void vi.useFakeTimers({toFake: ['setTimeout', 'clearTimeout', 'Date']}))
afterEach(() => void vi.useRealTimers())

describe('the monitor', () => {
  const monitorOf = (onChange: (cluster: string) => void = () => undefined) => {
    const monitor = new OutlierMonitor({onChange, nowMs: () => Date.now()})
    monitor.apply(watching())
    return {monitor, fail: (host: string, times = 3) => Array.from({length: times}, () => monitor.report('v1', `${host}:1`, 'failed'))}
  }

  test('lets an ejected endpoint back in at the first interval after its time', () => {
    const {monitor, fail} = monitorOf()
    vi.advanceTimersByTime(4000)
    fail('a')
    const times = [29_999, 5_999, 3].map((ms) => (vi.advanceTimersByTime(ms), [...monitor.ejected('v1')]))
    expect(times).toEqual([['a:1'], ['a:1'], []])
  })

  test('has no timer while all is well', () => {
    const {fail, monitor} = monitorOf()
    fail('a', 2)
    const before = vi.getTimerCount()
    fail('a', 1)
    const ejected = vi.getTimerCount()
    vi.advanceTimersByTime(60_000)
    const recovered = vi.getTimerCount()
    fail('a')
    monitor.close()
    expect([before, ejected, recovered, vi.getTimerCount()]).toEqual([0, 1, 0, 0])
  })

  test('says what is ejected and what was done', () => {
    const {monitor, fail} = monitorOf()
    const before = monitor.stats()
    fail('a')
    const ejections = {v1: {total: 1, overflow: 0, consecutive5xx: 1, consecutiveGatewayFailure: 0, consecutiveLocalOriginFailure: 0}}
    const after = monitor.stats()
    vi.advanceTimersByTime(40_000)
    expect([before, after, monitor.stats()]).toEqual([{}, {ejected: {v1: ['a:1']}, ejections}, {ejections}])
  })

  test.each<[string, Routing, string[]]>([
    ['weights or other endpoints change', watching({}, ['a', 'b', 'c']), ['a:1']],
    ['its settings change', watching({consecutive5xx: 9}), []],
    ['outlier detection is taken away', UNWATCHED, []],
    ['the cluster goes', routingOf([], {}), []],
    ['the endpoint goes', watching({}, ['b']), []],
  ])('when %s, remembers what it should', (_what, routing, expected) => {
    const {monitor, fail} = monitorOf()
    fail('a')
    monitor.apply(routing)
    expect([...monitor.ejected('v1')]).toEqual(expected)
  })
})

describe('workers', () => {
  /** Two workers and their primary, without the pipes between them. */
  function workersOf(count: number) {
    const told: ReportedOutcome[] = []
    const messages: ToWorker[] = []
    const workers = Array.from({length: count}, () => new RemoteHealth((outcome) => (told.push(outcome), primary.report([outcome]))))
    const primary: WorkerHealth = new WorkerHealth((message) => {
      messages.push(message)
      for (const worker of workers) worker.update(message)
    })
    primary.apply(watching())
    return {primary, workers, told, messages}
  }

  test('share one view: failures of several add up, and all leave the endpoint out', () => {
    const {primary, workers} = workersOf(3)
    for (const worker of workers) worker.report('v1', 'a:1', 'failed')
    vi.advanceTimersByTime(1)
    expect(workers.map((worker) => [...worker.ejected('v1')])).toEqual([['a:1'], ['a:1'], ['a:1']])
    expect(primary.messages()).toEqual([{type: 'health', cluster: 'v1', ejected: ['a:1'], suspects: []}])
  })

  test('a success in one forgives the failures in another', () => {
    const {workers, told} = workersOf(2)
    const [one, two] = workers
    one?.report('v1', 'a:1', 'failed')
    vi.advanceTimersByTime(1)
    two?.report('v1', 'a:1', 'connected')
    vi.advanceTimersByTime(1)
    for (let i = 0; i < 2; i++) one?.report('v1', 'a:1', 'failed')
    vi.advanceTimersByTime(1)
    expect([told.length, [...(one?.ejected('v1') ?? [])]]).toEqual([4, []])
  })

  test('do not talk about healthy endpoints', () => {
    const {workers, told, messages} = workersOf(2)
    for (let i = 0; i < 1000; i++) workers[0]?.report('v1', 'a:1', 'connected')
    vi.advanceTimersByTime(1)
    expect([told, messages]).toEqual([[], []])
  })

  test('hear once of much that changes at a time', () => {
    const {workers, messages} = workersOf(1)
    for (let i = 0; i < 300; i++) workers[0]?.report('v1', `${i % 2 === 0 ? 'a' : 'b'}:1`, 'failed')
    vi.advanceTimersByTime(1)
    expect(messages).toEqual([{type: 'health', cluster: 'v1', ejected: ['a:1', 'b:1'], suspects: ['a:1', 'b:1']}])
  })

  test('keep the same set while only suspects change, and forget clusters that are gone', () => {
    const worker = new RemoteHealth(() => undefined)
    worker.update({type: 'health', cluster: 'v1', ejected: ['a:1'], suspects: []})
    const before = worker.ejected('v1')
    worker.update({type: 'health', cluster: 'v1', ejected: ['a:1'], suspects: ['b:1']})
    const after = worker.ejected('v1')
    worker.keep({})
    expect([after === before, worker.ejected('v1').size]).toEqual([true, 0])
  })
})

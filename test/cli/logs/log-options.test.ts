import {expect, test} from 'vitest'
import {logOptions, type LogFlags} from '../../../src/cli/logs/log-options.js'

const FLAGS: LogFlags = {
  'all-containers': false,
  'all-pods': false,
  follow: false,
  'ignore-errors': false,
  'limit-bytes': '0',
  'max-log-requests': '5',
  prefix: false,
  previous: false,
  since: '0s',
  timestamps: false,
}
const NOW = Date.parse('2026-11-21T12:00:00Z')
const read = (words: readonly string[], flags: Partial<LogFlags> = {}) => logOptions({...FLAGS, ...flags}, words, NOW)

test('without flags all of a pod is printed', () => {
  expect(read(['pod/x'])).toEqual({
    target: 'pod/x',
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
  })
})

test.each<[string, readonly string[], Partial<LogFlags>, object]>([
  ['a second word is the container', ['x', 'c'], {}, {target: 'x', container: 'c'}],
  ['a selector means the last ten lines', [], {selector: 'a=b'}, {selector: 'a=b', tail: 10}],
  ['or as many as are asked for', [], {selector: 'a=b', tail: '3'}, {tail: 3}],
  ['or all', [], {selector: 'a=b', tail: '-1'}, {tail: undefined}],
  ['all pods are told apart', ['deploy/x'], {'all-pods': true}, {allPods: true, prefix: true}],
  ['since is rounded to seconds', ['x'], {since: '1m1.4s'}, {sinceMs: NOW - 61_000}],
  ['a time may have a zone', ['x'], {'since-time': '2026-11-21T12:00:00+01:00'}, {sinceMs: NOW - 3_600_000}],
  ['bytes are limited', ['x'], {'limit-bytes': '12'}, {limitBytes: 12}],
])('%s', (_, words, flags, expected) => {
  expect(read(words, flags)).toMatchObject(expected)
})

const usage = "expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\nPOD or TYPE/NAME is a required argument for the logs command"

test.each<[readonly string[], Partial<LogFlags>, string]>([
  [[], {}, usage],
  [['a', 'b', 'c'], {}, usage],
  [['a'], {selector: 'x=y'}, 'only a selector (-l) or a POD name is allowed'],
  [['a'], {since: '1s', 'since-time': '2026-11-21T12:00:00Z'}, 'at most one of `sinceTime` or `sinceSeconds` may be specified'],
  [['a', 'c'], {'all-containers': true}, '--all-containers=true should not be specified with container name c'],
  [['a', 'c'], {container: 'd'}, 'only one of -c or an inline [CONTAINER] arg is allowed'],
  [['a'], {'limit-bytes': '-1'}, '--limit-bytes must be greater than 0'],
  [['a'], {since: '-5s'}, '--since must be greater than 0'],
  [['a'], {tail: '-2'}, '--tail must be greater than or equal to -1'],
  [['a'], {tail: 'x'}, 'invalid argument "x" for "--tail" flag: strconv.ParseInt: parsing "x": invalid syntax'],
  [['a'], {since: 'x'}, 'invalid argument "x" for "--since" flag: time: invalid duration "x"'],
  [['a'], {since: '5'}, 'invalid argument "5" for "--since" flag: time: missing unit in duration "5"'],
  [['a'], {'since-time': 'x'}, 'parsing time "x" as "2006-01-02T15:04:05Z07:00": cannot parse "x" as "2006"'],
])('%j %j is refused', (words, flags, message) => {
  expect(() => read(words, flags)).toThrow(message)
})

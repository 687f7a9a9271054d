import {describe, expect, test} from 'vitest'
import {accessLogAnswer, fieldAnswer, jsonPathAnswer, subsetOfCluster} from '../../src/tally/access-log.js'

const CLUSTER = 'outbound|9000|v1|tcp-echo.ns.svc.cluster.local'
const text = (cluster: string, flags = '-', host = '10.0.0.1:9000') =>
  `[2026-08-22T10:00:00.000Z] "- - -" 0 ${flags} - - "-" 29 33 1003 - "-" "-" "-" "-" "${host}" ${cluster} 10.0.0.5:43210 10.0.0.5:31400 10.0.0.9:50412 - -`

describe('access log', () => {
  test.each([
    ['Istio text', text(CLUSTER), 'v1'],
    ['a refused upstream was chosen all the same', text('outbound|9000|v2|tcp-echo.ns.svc.cluster.local', 'UF,URX'), 'v2'],
    ['no subset: the host', text('outbound|9000||tcp-echo.ns.svc.cluster.local'), 'tcp-echo'],
    ['no cluster', text('-', 'NR', '-'), undefined],
    ['another cluster', text('PassthroughCluster'), 'PassthroughCluster'],
    ['a client cannot name a subset', text(CLUSTER).replace(' - -', ' outbound|9000|v2|evil -'), 'v1'],
    ['a format of the user', `tcp ${CLUSTER} 29 33`, 'v1'],
    ['quoted', `cluster="x" "${CLUSTER}"`, 'v1'],
    ['Istio JSON', JSON.stringify({upstream_cluster: CLUSTER, bytes_sent: 33}), 'v1'],
    ['JSON without a cluster', JSON.stringify({upstream_cluster: '-'}), undefined],
    ['JSON of something else', '{"a": 1}', undefined],
    ['JSON cut off', '{"upstream_cluster":"outbound|90', undefined],
    ['not an access log', 'one Sat Nov 21', undefined],
  ])('%s', (_name, line, answer) => expect(accessLogAnswer(line)).toBe(answer))

  test.each([
    [CLUSTER, 'v1'],
    ['outbound_.9000_.v2_.tcp-echo.ns.svc.cluster.local', 'v2'],
    ['outbound_.9000_._.tcp-echo.ns.svc.cluster.local', 'tcp-echo'],
    ['inbound|9000||', 'inbound|9000||'],
    ['one', 'one'],
  ])('%s is subset %s', (cluster, subset) => expect(subsetOfCluster(cluster)).toBe(subset))
})

describe('field', () => {
  test.each([
    ['1', 'one Sat Nov 21', 'one'],
    ['2', '  a\tb  c', 'b'],
    ['-1', 'a b c', 'c'],
    ['17', text(CLUSTER), 'v1'],
    ['2', '[a b] "c d" e', 'c d'],
    ['9', 'a b c', undefined],
    ['1', '', undefined],
  ])('%s of %s', (field, line, answer) => expect(fieldAnswer(field)(line)).toBe(answer))

  test.each(['0', 'x', '1.5'])('%s is refused', (field) => expect(() => fieldAnswer(field)).toThrow('as the number of a field'))
})

describe('path into JSON', () => {
  const line = JSON.stringify({a: {b: 'v1', 'odd.key': [1, {c: true}]}, cluster: CLUSTER, empty: '', nothing: null})
  test.each([
    ['.a.b', 'v1'],
    ['a.b', 'v1'],
    ['$.a.b', 'v1'],
    ['{.a.b}', 'v1'],
    ['.a["odd.key"][0]', '1'],
    [`.a['odd.key'][1].c`, 'true'],
    ['.cluster', 'v1'],
    ['.a', undefined],
    ['.empty', undefined],
    ['.nothing.more', undefined],
    ['.constructor', undefined],
    ['.__proto__.x', undefined],
  ])('%s', (path, answer) => expect(jsonPathAnswer(path)(line)).toBe(answer))

  test('a line that is no JSON gives no answer', () => expect(jsonPathAnswer('.a')('one Sat')).toBeUndefined())
  test.each(['', '.', '.a[', '.a["b]', '..'])('%s is refused', (path) => expect(() => jsonPathAnswer(path)).toThrow('as a path into JSON'))
})

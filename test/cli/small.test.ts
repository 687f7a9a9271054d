import {describe, expect, test} from 'vitest'
import {normalizeArgv} from '../../src/cli/argv.js'
import {parseDuration} from '../../src/cli/duration.js'
import {failureOf} from '../../src/cli/failure.js'
import {parsePortPair} from '../../src/cli/port-forward/ports.js'
import {labelOperation, relabel, splitLabelArguments} from '../../src/cli/verbs/label.js'
import {expand} from '../../src/api/expansion.js'
import {notFound, StatusError} from '../../src/api/status-error.js'
import {UserError} from '../../src/base/user-error.js'
import {tutorialDate} from '../../src/probe/tutorial-date.js'

test.each([
  [['-n', 'a', 'get', 'pods'], ['get', 'pods', '-n', 'a']],
  [['--namespace=a', 'get', 'pods'], ['get', 'pods', '--namespace=a']],
  [['-n', 'a', 'exec', 'p', '--', 'nc', '-n'], ['exec', 'p', '-n', 'a', '--', 'nc', '-n']],
  [['get', 'pods', '-n', 'a'], ['get', 'pods', '-n', 'a']],
  [['delete', 'pod', 'x', '--wait=false', '--ignore-not-found=true', '--all=false'], ['delete', 'pod', 'x', '--no-wait', '--ignore-not-found']],
  [['apply', '--validate=true', '-f', 'x'], ['apply', '--validate=true', '-f', 'x']],
])('what kubectl takes becomes what oclif takes: %j', (argv, expected) => {
  expect(normalizeArgv(argv)).toEqual(expected)
})

test.each([
  ['500ms', 500],
  ['5s', 5000],
  ['1m30s', 90_000],
  ['2', 2000],
  ['1.5s', 1500],
])('%s is %i ms', (text, ms) => {
  expect(parseDuration(text, '--timeout')).toBe(ms)
})

test.each(['', 'soon', '5x', '5s!', '-1s'])('%j is no duration', (text) => {
  expect(() => parseDuration(text, '--timeout')).toThrow(`--timeout is a duration such as 500ms, 5s or 1m, not "${text}"`)
})

test.each([
  ['9000', {local: 9000, remote: 9000}],
  ['15000:9000', {local: 15000, remote: 9000}],
  [':9000', {local: 0, remote: 9000}],
  ['80:tcp', {local: 80, remote: 'tcp'}],
])('port-forward reads %s', (text, pair) => {
  expect(parsePortPair(text)).toEqual(pair)
})

test.each(['', 'x', '70000', '1:2:3', 'x:1'])('port-forward refuses %j', (text) => {
  expect(() => parsePortPair(text)).toThrow(/^invalid port/)
})

describe('failures', () => {
  test.each([
    ['a refusal', notFound({plural: 'services', group: ''}, 'x'), 'Error from server (NotFound): services "x" not found', 1],
    ['a webhook', new StatusError('', 'admission webhook "v" denied the request: no'), 'Error from server: admission webhook "v" denied the request: no', 1],
    [
      'an invalid object',
      new StatusError('Invalid', 'm', {kind: 'Deployment', name: 'x', causes: [{reason: '', field: 'a', message: 'Required value'}, {reason: '', field: 'b', message: 'no'}]}),
      'The Deployment "x" is invalid: \n* a: Required value\n* b: no',
      1,
    ],
    ['a mistake of the user', new UserError('it is so', {hint: 'do this', exitCode: 8}), 'error: it is so\ndo this', 8],
  ])('%s', (_, error, text, exitCode) => {
    expect(failureOf(error)).toEqual({text, exitCode})
  })

  test('anything else is a bug with its stack', () => {
    expect(failureOf(new TypeError('oops'))).toEqual({text: expect.stringMatching(/^TypeError: oops\n[^]*This is a bug in tshift/), exitCode: 1})
  })
})

describe('labels', () => {
  const object = {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'p', labels: {a: '1'}}}

  test('arguments are split at the first change', () => {
    expect(splitLabelArguments(['ns', 'demo', 'a=b', 'c-', 'd='])).toEqual({targets: ['ns', 'demo'], change: {set: {a: 'b', d: ''}, remove: ['c']}})
    expect(() => splitLabelArguments(['ns', 'demo'])).toThrow('at least one label update is required')
    expect(() => splitLabelArguments(['ns', 'demo', 'a=b', 'a-'])).toThrow('cannot both set and remove label "a" in the same command')
  })

  test('another value needs --overwrite', () => {
    expect(() => relabel(object, {set: {a: '2'}, remove: []}, false)).toThrow("'a' already has a value (1), and --overwrite is false")
    expect(relabel(object, {set: {a: '2'}, remove: []}, true).metadata.labels).toEqual({a: '2'})
    expect(relabel(object, {set: {}, remove: ['a']}, false).metadata.labels).toEqual({})
  })

  test('the operation has kubectl\'s word', () => {
    expect(labelOperation(true, {set: {a: 'b'}, remove: []})).toBe('labeled')
    expect(labelOperation(true, {set: {}, remove: ['a']})).toBe('unlabeled')
    expect(labelOperation(false, {set: {a: 'b'}, remove: []})).toBe('not labeled')
  })
})

test('$(VAR) is expanded, $$ is a dollar, the unknown stays', () => {
  expect(expand('$(A)-$(B)-$$(A)-$A', {A: '1'})).toBe('1-$(B)-$(A)-$A')
})

test('the default message is what date prints', () => {
  expect(tutorialDate(Date.parse('2018-11-02T03:04:05Z'))).toBe('Fri Nov  2 03:04:05 UTC 2018')
})

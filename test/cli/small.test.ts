import {describe, expect, test} from 'vitest'
import type {KubeObject} from '../../src/api/object.js'
import {normalizeArgv} from '../../src/cli/command-line/argv.js'
import {parseDuration} from '../../src/cli/duration.js'
import {failureOf} from '../../src/cli/failure.js'
import {markOperation, parseMarkChange, remark, splitMarkArguments} from '../../src/cli/verbs/marks.js'
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
  [['apply', '-f', 'x', '--dry-run'], ['apply', '-f', 'x', '--dry-run=client']],
  [['shift', 'tcp-echo', '--to', 'v2', '--dry-run'], ['shift', 'tcp-echo', '--to', 'v2', '--dry-run']],
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
  const object: KubeObject = {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'p', labels: {a: '1'}}}

  const label = (...changes: readonly string[]) => parseMarkChange(changes, 'label')
  const annotation = (...changes: readonly string[]) => parseMarkChange(changes, 'annotation')

  test('arguments are split at the first change', () => {
    expect(splitMarkArguments(['ns', 'demo', 'a=b', 'c-', 'd='], 'label')).toEqual({targets: ['ns', 'demo'], changes: ['a=b', 'c-', 'd=']})
    expect(label('a=b', 'c-', 'd=')).toEqual({kind: 'label', set: {a: 'b', d: ''}, remove: ['c']})
  })

  test.each([
    [() => splitMarkArguments(['ns', 'a=b', 'demo'], 'label'), 'all resources must be specified before label changes: demo'],
    [() => label('a=b', 'a-'), 'can not both modify and remove a label in the same command'],
    [() => annotation('a=b', 'a-'), 'can not both modify and remove the following annotation(s) in the same command: a'],
    [() => label('a=b=c'), 'invalid label spec: a=b=c'],
    [() => label('a=b c'), 'invalid label value: "a=b c": a valid label must be an empty string or consist of'],
    [() => remark(object, label('a=2'), false), "'a' already has a value (1), and --overwrite is false"],
    [() => remark({...object, metadata: {name: 'x', annotations: {a: '1'}}}, annotation('a=2'), false), "--overwrite is false but found the following declared annotation(s): 'a' already has a value (1)"],
  ])('%s is refused: %s', (act, message) => {
    expect(act).toThrow(message)
  })

  test('another value needs --overwrite', () => {
    expect(remark(object, label('a=2'), true).metadata.labels).toEqual({a: '2'})
    expect(remark(object, label('a-'), false).metadata.labels).toBeUndefined()
    expect(remark(object, annotation('q=a=b'), false).metadata.annotations).toEqual({q: 'a=b'})
  })

  test.each([
    [label('b=1'), false, 'labeled'],
    [label('a-'), false, 'unlabeled'],
    [label('a-'), true, 'labeled'],
    [label('a=1'), false, 'not labeled'],
    [annotation('zz-'), false, 'annotated'],
  ])('the operation has kubectl\'s word: %j, overwriting %s, is %s', (change, overwrite, word) => {
    expect(markOperation(change.kind, object, remark(object, change, overwrite), overwrite)).toBe(word)
  })
})

test('$(VAR) is expanded, $$ is a dollar, the unknown stays', () => {
  expect(expand('$(A)-$(B)-$$(A)-$A', {A: '1'})).toBe('1-$(B)-$(A)-$A')
})

test('the default message is what date prints', () => {
  expect(tutorialDate(Date.parse('2018-11-02T03:04:05Z'))).toBe('Fri Nov  2 03:04:05 UTC 2018')
})

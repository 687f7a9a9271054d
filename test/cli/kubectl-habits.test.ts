import {Flags} from '@oclif/core'
import {describe, expect, test} from 'vitest'
import {normalizeArgv} from '../../src/cli/command-line/argv.js'
import {withoutConnection} from '../../src/cli/command-line/connection-flags.js'
import {fieldValidationOf} from '../../src/cli/flags/validate.js'
import {lastOfEach} from '../../src/cli/manifests/last-of-each.js'
import {requireSwitchValues} from '../../src/cli/command-line/require-switch-values.js'
import {parseTargets} from '../../src/cli/targets.js'
import {createSandbox} from '../help/sandbox.js'

const none = new Set<string>()

test.each([
  [['get', 'pods', '--request-timeout=5s', '--kubeconfig', '/k', '-o', 'name'], ['get', 'pods', '-o', 'name']],
  [['get', '-v=6', '--v', '8', '-v', '3', '-s', 'https://x', 'pods'], ['get', 'pods']],
  [['get', '--insecure-skip-tls-verify', '--warnings-as-errors=true', 'pods', '--as=me'], ['get', 'pods']],
  [['exec', 'p', '--token=t', '--', 'ls', '--token=t', '-v'], ['exec', 'p', '--', 'ls', '--token=t', '-v']],
  [['get', 'pods', '--as'], ['get', 'pods', '--as']],
])('how to reach the cluster is no matter: %j', (words, expected) => {
  expect(withoutConnection(words, none)).toEqual({words: expected})
})

test('the context is told, the last of several', () => {
  expect(withoutConnection(['get', '--context', 'a', 'pods', '--context=b'], none)).toEqual({words: ['get', 'pods'], context: 'b'})
})

test('a flag the command has itself stays', () => {
  expect(withoutConnection(['x', '--user=u', '-v', '1'], new Set(['user', 'v']))).toEqual({words: ['x', '--user=u', '-v', '1']})
})

const flags = {
  namespace: Flags.string({char: 'n'}),
  filename: Flags.string({char: 'f', multiple: true}),
  all: Flags.boolean({char: 'A'}),
}

test.each([
  [['pods', '-n', 'a', '-n', 'b'], ['pods', '-n', 'b']],
  [['-na', '--namespace=b', 'pods', '--namespace', 'c'], ['pods', '--namespace', 'c']],
  [['-f', 'x', '-f', 'y', '-A', '-A'], ['-f', 'x', '-f', 'y', '-A', '-A']],
  [['p', '-n', 'a', '--', 'nc', '-n', '-n'], ['p', '-n', 'a', '--', 'nc', '-n', '-n']],
  [['-n', 'a', '-n'], ['-n']],
])('the last of a flag wins: %j', (words, expected) => {
  expect(lastOfEach(words, flags)).toEqual(expected)
})

test('they may stand before the verb', () => {
  expect(normalizeArgv(['--context', 'a', '--disable-compression', '--kubeconfig=k', 'get', 'pods'])).toEqual([
    ...['get', 'pods', '--context', 'a', '--disable-compression', '--kubeconfig=k'],
  ])
})

test.each([
  [['pods', ''], 'resource name may not be empty'],
  [['pods', '.'], `invalid resource name ".": [may not be '.']`],
  [['pods', 'a%2fb'], `invalid resource name "a%2fb": [may not contain '%']`],
  [['pods,'], `the server doesn't have a resource type ""`],
  [[''], `the server doesn't have a resource type ""`],
  [['pods/'], 'arguments in resource/name form must have a single resource and name'],
  [['pods/a/b'], 'arguments in resource/name form may not have more than one slash'],
])('what no name can be means nothing: %j', (words, message) => {
  expect(() => parseTargets(words)).toThrow(message)
})

test.each([
  [['pods,svc', 'a', 'b'], ['Pod a', 'Pod b', 'Service a', 'Service b']],
  [['pods,svc'], ['Pod ', 'Service ']],
  [['pod/a', 'svc/b'], ['Pod a', 'Service b']],
])('every name is looked for among every type: %j', (words, expected) => {
  expect(parseTargets(words).map(({type, name = ''}) => `${type.kind} ${name}`)).toEqual(expected)
})

test.each([
  [['all', 'a'], 'you must specify only one resource'],
  [['pods,', 'svc'], 'arguments in resource/name form must have a single resource and name'],
  [['foos.example.org'], `the server doesn't have a resource type "foos"`],
])('%j is refused', (words, message) => {
  expect(() => parseTargets(words)).toThrow(message)
})

test.each([
  [['get', 'pods', '--watch=T', '--no-headers=0'], ['get', 'pods', '--watch']],
  [['apply', '--validate', '-f', 'x'], ['apply', '--validate=strict', '-f', 'x']],
])('switches as Go reads them: %j', (words, expected) => {
  expect(normalizeArgv(words)).toEqual(expected)
})

test('a switch is true or false', () => {
  const check = (...words: string[]) => () => requireSwitchValues(words, {watch: Flags.boolean({char: 'w'}), all: Flags.boolean(), filename: Flags.string()}, 'get')
  expect(check('--filename=x', '--', '--all=x')).not.toThrow()
  expect(check('--all=x')).toThrow('invalid argument "x" for "--all" flag: strconv.ParseBool: parsing "x": invalid syntax')
  expect(check('--watch=')).toThrow('invalid argument "" for "-w, --watch" flag: strconv.ParseBool: parsing "": invalid syntax')
})

test.each([
  ['strict', 'Strict'],
  ['true', 'Strict'],
  ['warn', 'Warn'],
  ['0', 'Ignore'],
])('--validate=%s means %s', (validate, directive) => {
  expect(fieldValidationOf({validate})).toBe(directive)
})

test('a type named twice is meant once', () => {
  expect(parseTargets(['svc,svc'])).toHaveLength(1)
})

describe('in kubectl’s words and with its exit codes', () => {
  test.each([
    ['scale deploy/x', 'error: required flag(s) "replicas" not set'],
    ['scale --replicas=1', 'error: You must provide one or more resources by argument or filename.'],
    ['scale deploy/x --replicas=1 --timeout=5', 'error: invalid argument "5" for "--timeout" flag: time: missing unit in duration "5"'],
    ['rollout status deploy/x --timeout=foo', 'error: invalid argument "foo" for "--timeout" flag: time: invalid duration "foo"'],
    ['delete pod x --timeout=5', 'error: invalid argument "5" for "--timeout" flag: time: missing unit in duration "5"'],
    ['delete --all', 'error: at least one resource must be specified to use a selector'],
    ['rollout history svc/kubernetes', 'error: error retrieving history for "Service", no visitor method exists for { Service}'],
  ])('%s', async (line, message) => {
    const box = createSandbox()
    const {code, stderr} = await box.sh(`tshift ${line}`)
    expect({code, said: stderr.split('\n')[0]}).toEqual({code: 1, said: message})
    await box.close()
  })

  test('view-last-applied indents by two, and says nothing where nothing was applied', async () => {
    const box = createSandbox()
    await box.ok('tshift create cm a; tshift create cm b --save-config')
    expect(await box.ok('tshift apply view-last-applied cm/a')).toBe('')
    expect(await box.ok('tshift apply view-last-applied cm/b -o json | head -2')).toBe('{\n  "apiVersion": "v1",\n')
    await box.close()
  })
})

describe('contexts and empty namespaces', () => {
  test('--context says the namespace, -n goes before it, and an empty one is none', async () => {
    const box = createSandbox()
    await box.ok('tshift create namespace demo; tshift create cm here -n demo; tshift config set-context demo --namespace=demo; tshift create cm there')
    expect(await box.ok('tshift --context demo get cm -o name')).toBe('configmap/here\n')
    expect(await box.ok('tshift get cm --context=demo -n default -o name')).toBe('configmap/there\n')
    expect(await box.ok('tshift get cm -n "" -o name; tshift get cm -n demo -n "$NONE" -o name --context demo')).toBe('configmap/there\nconfigmap/here\n')
    expect(await box.sh('tshift get cm --context=nope')).toMatchObject({code: 1, stderr: 'error: context "nope" does not exist\n'})
    await box.close()
  })
})

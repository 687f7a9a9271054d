import {PassThrough} from 'node:stream'
import {expect, test} from 'vitest'
import {analyzeOptions} from '../../src/cli/analyze/analyze-flags.js'
import {chooseRules, listRules} from '../../src/cli/analyze/choose-rules.js'
import {deadlineIn} from '../../src/cli/analyze/deadline.js'
import {imagineRunning} from '../../src/cli/analyze/imagine-running.js'
import {isUsableSecret} from '../../src/cli/analyze/usable-secret.js'
import {withLiveObjects} from '../../src/cli/analyze/with-live-objects.js'
import {rules} from '../../src/analyze/rules.js'
import {normalizeArgv} from '../../src/cli/command-line/argv.js'
import {worldOf} from '../../src/daemon/world.js'
import {aDeployment, aPod, aService} from '../help/builders.js'

const FLAGS = {
  namespace: undefined,
  'all-namespaces': false,
  recursive: false,
  'use-kube': true,
  'failure-threshold': 'Error',
  'output-threshold': 'info',
  output: 'LOG',
  suppress: undefined,
  analyzer: undefined,
  'list-analyzers': false,
  'ignore-unknown': false,
  color: undefined,
  timeout: '30s',
  verbose: false,
  meshConfigFile: undefined,
}
const options = (flags: object, said: string[] = []) =>
  analyzeOptions({...FLAGS, ...flags} as unknown as Parameters<typeof analyzeOptions>[0], (line) => said.push(line))

test('flags are read without regard to case, and all namespaces are none in particular', () => {
  expect(options({'all-namespaces': true, namespace: 'x'})).toMatchObject({
    namespace: undefined,
    format: 'log',
    outputThreshold: 'Info',
    failureThreshold: 'Error',
    timeoutMs: 30_000,
  })
  expect(options({})).toMatchObject({namespace: 'default'})
})

test.each([
  [{output: 'xml'}, 64, 'xml not a valid option for format. See tshift analyze --help'],
  [{meshConfigFile: 'x'}, 64, '--meshConfigFile is not supported'],
  [{suppress: ['IST0101']}, 1, 'IST0101 is not a valid suppression value. See tshift analyze --help'],
  [
    {'failure-threshold': 'bad'},
    1,
    'invalid argument "bad" for "--failure-threshold" flag: "bad" not a valid option, please choose from: [Error Info Warning]',
  ],
])('%j is refused', (flags, exitCode, message) => {
  expect(() => options(flags)).toThrow(expect.objectContaining({exitCode, message}))
})

test('a suppression of nothing is said to be one, an unknown analyzer too', () => {
  const said: string[] = []
  expect(options({suppress: ['IST9999=x', 'IST0101=a b/*']}, said).suppressions).toEqual([
    {code: 'IST9999', objects: 'x'},
    {code: 'IST0101', objects: 'a b/*'},
  ])
  expect(chooseRules(['nope'], (line) => said.push(line))).toBe(rules)
  expect(said).toEqual([
    "Warning: Supplied message code 'IST9999' is an unknown message code and will not have any effect.",
    "Warning: there is no analyzer 'nope'; -L lists them.",
  ])
})

test('-L lists analyzers in order with what they are for', () => {
  expect(listRules().split('\n').slice(0, 4)).toEqual([
    '* annotations.K8sAnalyzer:',
    '    Checks for misplaced and invalid Istio annotations in Kubernetes resources',
    '* applicationUID.Analyzer:',
    '    Checks invalid application UID',
  ])
})

test("switches may be turned off in kubectl's way", () => {
  expect(normalizeArgv(['analyze', '--use-kube=false', '-k=false', '--color=false', '--ignore-unknown=true'])).toEqual([
    'analyze',
    '--no-use-kube',
    '--no-use-kube',
    '--no-color',
    '--ignore-unknown',
  ])
})

test('input that never ends is given up at the deadline', async () => {
  const stream = new PassThrough()
  const reading = deadlineIn(20).read(stream, async () => {
    for await (const _ of stream);
  })
  await expect(reading).rejects.toThrow('analysis took longer than 0.02s')
})

test('objects of files take the place and the age of live ones; new ones are the youngest', () => {
  const at = (name: string, creationTimestamp?: string) => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {name, namespace: 'default', ...(creationTimestamp && {creationTimestamp})},
  })
  const source = {file: 'f', line: 1, lineOf: () => 1}
  const merged = withLiveObjects(
    [
      {object: at('a'), source},
      {object: at('c'), source},
    ],
    [at('a', '2020-01-01T00:00:00Z'), at('b', '2021-01-01T00:00:00Z')],
    '2026-01-01T00:00:00Z',
  )
  expect(merged.map(({object, source: from}) => [object.metadata.name, object.metadata.creationTimestamp, from?.file])).toEqual([
    ['a', '2020-01-01T00:00:00Z', 'f'],
    ['b', '2021-01-01T00:00:00Z', undefined],
    ['c', '2026-01-01T00:00:00Z', 'f'],
  ])
})

test('for routing, pods that wait are ready and Deployments without pods have one', () => {
  const endpoints = (...objects: Parameters<typeof worldOf>[0] extends Iterable<infer T> ? T[] : never) =>
    imagineRunning(worldOf(objects)).endpointSlices.flatMap((slice) =>
      (slice.endpoints ?? []).map(({targetRef, conditions}) => `${targetRef?.name} ${conditions?.ready}`),
    )
  expect(endpoints(aService(), aPod({ready: false}), aDeployment())).toEqual(['p1 true'])
  expect(endpoints(aService(), aDeployment())).toEqual(['tcp-echo-v1-0 true'])
  expect(endpoints(aService(), aDeployment({replicas: 0}))).toEqual([])
})

test('a Secret without a certificate is of no use', () => {
  const secret = (data: Record<string, string>) =>
    ({apiVersion: 'v1', kind: 'Secret', metadata: {name: 's', namespace: 'default'}, data}) as unknown as Parameters<typeof isUsableSecret>[0]
  expect([secret({}), secret({'tls.crt': 'YQ==', 'tls.key': 'Yg=='})].map((one) => isUsableSecret(one, 0))).toEqual([false, false])
})

import {describe, expect, test} from 'vitest'
import {configMapType} from '../../../src/api/kinds/config-map.js'
import {podType} from '../../../src/api/kinds/pod.js'
import type {KubeObject} from '../../../src/api/object.js'
import {UserError} from '../../../src/base/user-error.js'
import {meets, parseWaitCondition} from '../../../src/cli/verbs/wait-condition.js'
import {parseWaitTimeout} from '../../../src/cli/verbs/wait-timeout.js'
import {waitForTargets, type WaitOptions} from '../../../src/cli/verbs/wait.js'
import type {Target} from '../../../src/cli/targets.js'
import {freshCluster} from '../../help/cluster.js'

const object = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {name: 'a', generation: 2},
  status: {phase: 'Running', n: 3, list: [1, 2], conditions: [{type: 'Ready', status: 'True'}, {type: 'Old', status: 'True', observedGeneration: 1}, {type: 'Off', status: 'False'}]},
} as unknown as KubeObject

test.each<[condition: string, isMet: boolean | string]>([
  ['condition=Ready', true],
  ['condition=rEADY=TRUE', true],
  ['condition=Ready=false', false],
  ['condition=Off=false', true],
  ['condition=Old', false],
  ['condition=Nope', false],
  ['jsonpath={.status.phase}=Running', true],
  ['jsonpath=.status.phase="Running"', true],
  ['jsonpath=status.n=3', true],
  ['jsonpath={.status.phase}', true],
  ['jsonpath={.nope}', false],
  ['jsonpath={.status.conditions[?(@.type=="Ready")].status}=True', true],
  ['jsonpath={.status.list[*]}=1', 'given jsonpath expression matches more than one value'],
  ['jsonpath={.status.list}=1', 'jsonpath leads to a nested object or list which is not supported'],
])('--for=%s', (text, isMet) => {
  const check = () => {
    const condition = parseWaitCondition(text)
    return condition.type === 'condition' || condition.type === 'jsonpath' ? meets(condition, object) : undefined
  }
  if (typeof isMet === 'string') expect(check).toThrow(new UserError(isMet))
  else expect(check()).toBe(isMet)
})

test.each<[condition: string, message: string]>([
  ['xx', 'unrecognized condition: "xx"'],
  ['', 'unrecognized condition: ""'],
  ['create=x', 'unrecognized condition: "create=x"'],
  ['jsonpath=', 'jsonpath expression cannot be empty'],
  ['jsonpath=.a=b=c', "jsonpath wait format must be --for=jsonpath='{.status.readyReplicas}'=3 or --for=jsonpath='{.status.readyReplicas}'"],
  ['jsonpath={.a', "unexpected path string, expected a 'name1.name2' or '.name1.name2' or '{name1.name2}' or '{.name1.name2}'"],
  ['jsonpath=.a=', "jsonpath wait has to have a value after equal sign, like --for=jsonpath='{.status.readyReplicas}'=3"],
])('--for=%s is refused as kubectl 1.35 refuses it', (condition, message) => {
  expect(() => parseWaitCondition(condition)).toThrow(new UserError(message))
})

test.each<[text: string, ms: number | string]>([
  ['30s', 30_000],
  ['1m30s', 90_000],
  ['1.5h', 5_400_000],
  ['0', 0],
  ['0s', 0],
  ['-1s', 604_800_000],
  ['1000h', 604_800_000],
  ['30', 'invalid argument "30" for "--timeout" flag: time: missing unit in duration "30"'],
  ['x', 'invalid argument "x" for "--timeout" flag: time: invalid duration "x"'],
])('--timeout=%s', (text, ms) => {
  if (typeof ms === 'string') expect(() => parseWaitTimeout(text)).toThrow(new UserError(ms, {hint: "See 'tshift wait --help' for usage."}))
  else expect(parseWaitTimeout(text)).toBe(ms)
})

const configMap = (name: string, data: Readonly<Record<string, string>> = {}) => ({apiVersion: 'v1', kind: 'ConfigMap', metadata: {name, namespace: 'default'}, data}) as KubeObject

/** Each outcome as a line; `meanwhile` is run once something has to be waited for. */
async function waited(targets: readonly Target[], condition: string, {timeoutMs = 5000, meanwhile}: {timeoutMs?: number; meanwhile?: (resources: Awaited<ReturnType<typeof freshCluster>>['resources']) => Promise<unknown>} = {}): Promise<readonly string[]> {
  const {resources} = await freshCluster()
  await resources.create(configMap('here', {a: '1'}))
  const options: WaitOptions = {condition: parseWaitCondition(condition), namespace: 'default', timeoutMs, ...(meanwhile === undefined ? {} : {onWait: () => void meanwhile(resources)})}
  const lines: string[] = []
  for await (const outcome of waitForTargets(targets, options, resources)) lines.push(outcome.type === 'met' ? `${outcome.object.metadata.name} met` : outcome.error.message)
  return lines
}

describe('waiting', () => {
  const here: Target = {type: configMapType, name: 'here'}
  const gone: Target = {type: configMapType, name: 'gone'}

  test('what is so at once is met at once, in the order of the targets', async () => {
    expect(await waited([here, gone], 'jsonpath=.data.a=1')).toEqual(['here met', 'configmaps "gone" not found'])
  })

  test('a change to the object ends it', async () => {
    const meanwhile = {meanwhile: async (resources: Awaited<ReturnType<typeof freshCluster>>['resources']) => resources.update(configMap('here', {a: '2'}))}
    expect(await waited([here], 'jsonpath=.data.a=2', meanwhile)).toEqual(['here met'])
  })

  test('deletion ends waiting for it; what is not there is not waited for', async () => {
    const meanwhile = {meanwhile: async (resources: Awaited<ReturnType<typeof freshCluster>>['resources']) => resources.remove(await resources.get(configMapType, 'default', 'here'))}
    expect([await waited([here], 'delete', meanwhile), await waited([gone], 'delete')]).toEqual([['here met'], []])
  })

  test('creation is waited for', async () => {
    expect(await waited([gone], 'create', {meanwhile: async (resources) => resources.create(configMap('gone'))})).toEqual(['gone met'])
  })

  test('no time means one look', async () => {
    expect(await waited([here], 'jsonpath=.data.a=2', {timeoutMs: 0})).toEqual(['condition not met for configmaps/here'])
  })

  test('when time is over every object fails by itself', async () => {
    expect(await waited([here, here], 'condition=Ready', {timeoutMs: 20})).toEqual(Array(2).fill('timed out waiting for the condition on configmaps/here'))
    expect(await waited([gone], 'create', {timeoutMs: 20})).toEqual(['timed out waiting for the condition'])
  })

  test('nothing to wait for is an error', async () => {
    await expect(waited([{type: podType}], 'condition=Ready')).rejects.toThrow(new UserError('no matching resources found'))
  })
})

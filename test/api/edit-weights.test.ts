import {describe, expect, test} from 'vitest'
import {editWeights, type WeightEdit} from '../../src/api/manifest/edit-weights.js'

const edit = (weights: Record<string, number>): WeightEdit => ({
  kind: 'VirtualService',
  name: 'tcp-echo',
  namespace: 'default',
  rule: 0,
  items: Object.entries(weights).map(([subset, weight]) => ({destination: {host: 'tcp-echo', subset}, weight})),
})
const other = '# kept\nkind: VirtualService   # not this one\nmetadata: {name: other}\n'
const head = 'kind: VirtualService\nmetadata:\n  name: tcp-echo\nspec:\n  tcp:\n'

describe('editWeights', () => {
  test('numbers are replaced where they stand and nothing else moves', () => {
    const text = (v1: number, v2: number) =>
      `${other}---\n${head}  - route:   # odd   spaces\n    - {destination: {host: tcp-echo, subset: v1}, weight: ${v1}}\n    -   destination:\n          host: "tcp-echo"\n          subset: v2\n        weight: ${v2}  # new\n---\n${other}`
    expect(editWeights(text(80, 20), edit({v1: 0, v2: 100}))).toBe(text(0, 100))
  })

  test('what is not written yet is added; comments and the layout of lists stay', () => {
    const single = `# top\n---\n${head}  - route:\n    # all of it\n    - destination:\n        host: tcp-echo\n        subset: v1 # old\n---\n${other}`
    expect(editWeights(single, edit({v1: 80, v2: 20}))).toBe(
      `# top\n---\n${head}  - route:\n    # all of it\n    - destination:\n        host: tcp-echo\n        subset: v1 # old\n      weight: 80\n    - destination:\n        host: tcp-echo\n        subset: v2\n      weight: 20\n---\n${other}`,
    )
  })

  test.each([
    ['no such object', other],
    ['another namespace', `${head.replace('metadata:', 'metadata:\n  namespace: demo')}  - route: []\n`],
    ['no such rule', head],
    ['broken YAML', `${head}  - route: [\n`],
  ])('%s: undefined', (_, text) => {
    expect(editWeights(text, edit({v1: 80, v2: 20}))).toBeUndefined()
  })
})

describe('editing the weights of a TCPRoute', () => {
  const route = (backends: string) => `# a route\nkind: TCPRoute\nmetadata:\n  name: tcp-echo\nspec:\n  rules:\n    - backendRefs:\n${backends}`
  const edited = (text: string, v1: number, v2: number) =>
    editWeights(text, {
      kind: 'TCPRoute',
      name: 'tcp-echo',
      namespace: 'default',
      rule: 0,
      items: [
        {name: 'tcp-echo-v1', port: 9000, weight: v1},
        {name: 'tcp-echo-v2', port: 9000, weight: v2},
      ],
    })
  const written = (v1: string, v2: string) => route(`        - {name: tcp-echo-v1, port: 9000, weight: ${v1}} # old\n        - name: tcp-echo-v2\n          port: 9000\n          weight: ${v2}\n`)

  test('numbers are replaced where they stand', () => {
    expect(edited(written('80', '20'), 0, 100)).toBe(written('0', '100'))
  })

  test('a backend that is not written yet is added', () => {
    expect(edited(route('        - name: tcp-echo-v1\n          port: 9000\n'), 80, 20)).toBe(
      route('        - name: tcp-echo-v1\n          port: 9000\n          weight: 80\n        - name: tcp-echo-v2\n          port: 9000\n          weight: 20\n'),
    )
  })

  test('a VirtualService of that name is not meant', () => {
    expect(edited(`${head}  - route: []\n`, 1, 1)).toBeUndefined()
  })
})

import {describe, expect, test} from 'vitest'
import {editWeights} from '../../src/api/manifest/edit-weights.js'

const edit = (weights: Record<string, number>) => ({
  name: 'tcp-echo',
  namespace: 'default',
  rule: 0,
  route: Object.entries(weights).map(([subset, weight]) => ({destination: {host: 'tcp-echo', subset}, weight})),
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

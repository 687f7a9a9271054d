import {readFileSync} from 'node:fs'
import {describe, expect, test} from 'vitest'
import {UserError} from '../../src/base/user-error.js'
import {parseJsonPath, parseJsonPathAsJson} from '../../src/output/jsonpath.js'

interface Fixture {
  readonly object: unknown
  /** Templates with what kubectl 1.35 answered: printed text, and the reasons of its two kinds of refusal. */
  readonly printed: readonly [template: string, text: string][]
  readonly unreadable: readonly [template: string, reason: string][]
  readonly failing: readonly [template: string, reason: string][]
}
const {object, printed, unreadable, failing} = JSON.parse(readFileSync(new URL('fixtures/jsonpath-by-kubectl.json', import.meta.url), 'utf8')) as Fixture

describe('kubectl 1.35 and we find the same', () => {
  test.each(printed)('%s', (template, text) => {
    expect(parseJsonPath(template)(object)).toBe(text)
  })
})

describe('kubectl 1.35 and we cannot read the same', () => {
  test.each(unreadable)('%s', (template, reason) => {
    expect(() => parseJsonPath(template)).toThrow(new UserError(`error parsing jsonpath ${template}, ${reason}`))
  })
})

describe('kubectl 1.35 and we fail on the same', () => {
  test.each(failing)('%s', (template, reason) => {
    const head = `error executing jsonpath ${JSON.stringify(template)}: Error executing template: ${reason}. Printing more information for debugging the template:\n`
    expect(() => parseJsonPath(template)(object)).toThrow(head)
  })
})

test('a failure shows the template and the object', () => {
  const value = {a: [1, 1.5, 'x', null, true], b: {c: []}}
  expect(() => parseJsonPath('{.a[9]}')(value)).toThrow(
    [
      'Printing more information for debugging the template:',
      '\ttemplate was:',
      '\t\t{.a[9]}',
      '\tobject given to jsonpath engine was:',
      '\t\tmap[string]interface {}{"a":[]interface {}{1, 1.5, "x", interface {}(nil), true}, "b":map[string]interface {}{"c":[]interface {}{}}}',
    ].join('\n'),
  )
})

test('as JSON each action prints a list', () => {
  expect(parseJsonPathAsJson('{.a}{.b[*]}x{.c}')({a: 1, b: ['<', {}]})).toBe('[\n    1\n]\n[\n    "\\u003c",\n    {}\n]\n[\n    "x"\n]\n[]\n')
})

test('what objects inherit is not a field', () => {
  expect(parseJsonPath('{.constructor}{.a.toString}')({a: {}})).toBe('')
})

import {readFileSync} from 'node:fs'
import {describe, expect, test} from 'vitest'
import {parseManifest, type ManifestResult} from '../../src/api/manifest/manifest.js'

/** A scalar, what kubectl 1.35 makes of it, and its complaint where it makes nothing of it. */
type ScalarVector = readonly [text: string, value: unknown, problem?: string]
const SCALARS = JSON.parse(readFileSync(new URL('manifest-scalars.json', import.meta.url), 'utf8')) as readonly ScalarVector[]

const FOO = 'apiVersion: v1\nkind: Foo\n'

/** Documents as their objects, problems as their messages. */
const outline = (results: readonly ManifestResult[]) => results.map((result) => (result.type === 'document' ? result.object : result.message))
const read = (text: string) => outline(parseManifest(text, 'f.yaml'))
const parsing = 'error parsing f.yaml: error converting YAML to JSON: yaml:'
const invalid = (reason: string, place: string) =>
  `error validating "f.yaml": error validating data: ${reason}; if you choose to ignore these errors, turn validation off with --validate=false (f.yaml:${place})`

describe('scalars mean what they mean to kubectl', () => {
  test.each(SCALARS)('%s', (text, value, problem) => {
    const [result] = read(`${FOO}v: ${text}\n`)
    if (problem === undefined) expect(result).toEqual({apiVersion: 'v1', kind: 'Foo', v: value})
    else expect(result).toBe(`error parsing f.yaml: error converting YAML to JSON: ${problem} (f.yaml:3:4)`)
  })
})

describe('a stream', () => {
  const foo = {apiVersion: 'v1', kind: 'Foo'}
  test.each<[name: string, text: string, objects: readonly unknown[]]>([
    ['empty text has no documents', '', []],
    ['comments and empty documents are skipped', '# a\n---\n\n---\n~\n--- # b\n', []],
    ['documents are separated by ---', `${FOO}---\n${FOO}a: 1\n`, [foo, {...foo, a: 1}]],
    ['Windows line ends and a byte order mark do not matter', `\ufeff${FOO}---\n${FOO}`.replaceAll('\n', '\r\n'), [foo, foo]],
    ['JSON is read', '{\n\t"apiVersion": "v1",\n\t"kind": "Foo",\n\t"a": ["}", "\\u00e9"]\n}', [{...foo, a: ['}', 'é']}]],
    ['JSON objects may follow each other', '{"apiVersion":"v1","kind":"Foo"}\n{"apiVersion":"v1","kind":"Foo","a":"}{"} ', [foo, {...foo, a: '}{'}]],
    ['a list is its items', `${FOO.replace('Foo', 'List')}items:\n- ${FOO.trim().replace('\n', '\n  ')}\n`, [foo]],
    ['lists in lists are their items', '{"kind":"List","items":[{"kind":"List","items":[{"apiVersion":"v1","kind":"Foo"}]}]}', [foo]],
    ['items of a typed list take its type', 'apiVersion: v1\nkind: FooList\nitems:\n- {a: 1}\n- {b: 2}\n', [{...foo, a: 1}, {...foo, b: 2}]],
    ['an empty list is nothing', 'apiVersion: v1\nkind: List\nitems: []\n', []],
    ['aliases are expanded', `${FOO}a: &x [1]\nb: [*x, *x]\n`, [{...foo, a: [1], b: [[1], [1]]}]],
    ['a name may be given again', `${FOO}a: &x 1\nb: &x 2\nc: *x\n`, [{...foo, a: 1, b: 2, c: 2}]],
    ['<< merges where it stands', `${FOO}a: &x {p: 1, q: 2}\nb: {p: 5, <<: *x, q: 6}\n`, [{...foo, a: {p: 1, q: 2}, b: {p: 1, q: 6}}]],
    ['of several merged maps the first wins', `${FOO}a: {<<: [{p: 1}, {p: 2, q: 3}]}\n`, [{...foo, a: {p: 1, q: 3}}]],
    ['keys are text', `${FOO}? 012\n: a\non: b\n1.5: c\n`, [{...foo, 10: 'a', true: 'b', 1.5: 'c'}]],
  ])('%s', (_, text, objects) => {
    expect(read(text)).toEqual(objects)
  })

  test('a broken document does not take the good ones with it', () => {
    const results = parseManifest(`${FOO}---\nkind: Service\nmetadata:\n  name: x\n spec: {}\n---\n--- nonsense\na: 1\n---\n${FOO}`, 'f.yaml')
    expect(results.map((result) => (result.type === 'document' ? result.source : {line: result.line, column: result.column}))).toEqual([
      {file: 'f.yaml', line: 1},
      {line: 7, column: 1},
      {line: 9, column: 13},
      {file: 'f.yaml', line: 12},
    ])
  })

  test('a key named __proto__ is a key like others', () => {
    const [result] = parseManifest(`${FOO}__proto__: {polluted: true}\n`, 'f.yaml')
    const object = result?.type === 'document' ? result.object : {}
    expect(Object.keys(object)).toEqual(['apiVersion', 'kind', '__proto__'])
    expect([Object.getPrototypeOf(object), 'polluted' in object]).toEqual([Object.prototype, false])
  })
})

describe('problems', () => {
  const bomb = 'bcdefghi'.split('').reduce((text, name, index) => `${text}${name}: &${name} [${`*${'abcdefgh'[index]},`.repeat(9)}]\n`, `${FOO}a: &a [x]\n`)
  const longBomb = `${FOO}a: &a ${'x'.repeat(100_000)}\nb: [${'*a,'.repeat(40)}]\n`
  test.each<[text: string, ...messages: string[]]>([
    [`${FOO}a: b: c\n`, `${parsing} line 3, column 4: mapping values are not allowed in this context (nested mappings are not allowed in compact mappings)`],
    [`${FOO}a: "x\n`, `${parsing} line 4, column 1: found unexpected end of stream (missing closing "quote)`],
    [`${FOO}a: [1, 2\nb: 1\n`, `${parsing} line 4, column 1: did not find expected ',' or ']' (flow sequence in block collection must be sufficiently indented and end with a ])`],
    [`${FOO}a:\n\tb: 1\n`, `${parsing} line 4, column 1: found a tab character that violates indentation (tabs are not allowed as indentation)`],
    [`${FOO}a: @b\n`, `${parsing} line 3, column 4: found character that cannot start any token (plain value cannot start with reserved character @)`],
    [`${FOO}b\n`, `${parsing} line 3, column 1: could not find expected ':' (implicit map keys need to be followed by map values)`],
    [`${FOO}a: "\\q"\n`, `${parsing} line 3, column 5: found unknown escape character (invalid escape sequence \\q)`],
    [`${FOO}...\n${FOO}`, `${parsing} line 4, column 1: did not find expected <document start> (documents are separated by ---)`],
    [`${FOO}a: \0\n`, `${parsing} line 3, column 4: control characters are not allowed`],
    [`${FOO}a: *x\n`, `${parsing} line 3, column 4: unknown anchor 'x' referenced`],
    [`${FOO}a: &x [*x]\n`, `${parsing} line 3, column 8: anchor 'x' value contains itself`],
    [`${FOO}a: {<<: 1}\n`, `${parsing} line 3, column 9: map merge requires map or sequence of maps as the value`],
    [`${FOO}a: !!int x\n`, `${parsing} line 3, column 10: cannot decode !!str \`x\` as a !!int`],
    [`${FOO}a: b\na: c\nd: {e: 1, e: 2}\n`, `${parsing} unmarshal errors:\n  line 4: key "a" already set in map\n  line 5: key "e" already set in map`],
    [`${FOO}? [a]\n: 1\n`, 'error parsing f.yaml: error converting YAML to JSON: json: unsupported map key (f.yaml:3:3)'],
    ['foo\n', invalid('invalid object to validate', '1:1')],
    ['- a\n', invalid('invalid object to validate', '1:1')],
    ['\nkind: Foo\n', invalid('apiVersion not set', '2:1')],
    ['apiVersion: v1\n', invalid('kind not set', '1:1')],
    ['{}', invalid('[apiVersion not set, kind not set]', '1:1')],
    ['apiVersion: 1\nkind: Foo\nmetadata: x', invalid("[apiVersion isn't string type, metadata isn't object type]", '1:1')],
    ['kind: List\nitems:\n- apiVersion: v1\n  kind: Foo\n- a: 1\n', {apiVersion: 'v1', kind: 'Foo'} as never, invalid('[apiVersion not set, kind not set]', '5:3')],
    [bomb, `${parsing} line 3, column 8: document contains excessive aliasing`],
    [longBomb, `${parsing} line 3, column 7: document contains excessive aliasing`],
    [`${FOO}a: ${'['.repeat(600)}${']'.repeat(600)}\n`, `${parsing} line 3, column 503: exceeded max depth of 500`],
    [`${FOO}a: ${'x'.repeat(3 * 1024 * 1024)}\n---\n${FOO}`, 'Request entity too large: limit is 3145728 (f.yaml:1:1)', {apiVersion: 'v1', kind: 'Foo'} as never],
    ['x'.repeat(50_000_000), 'error parsing f.yaml: 50000000 characters are too many for a manifest: limit is 16777216 (f.yaml:1:1)'],
  ])('%# %.40j', (text, ...messages) => {
    expect(read(text)).toEqual(messages)
  })

  test('a list may be larger than an object may be', () => {
    const [half, whole] = [2, 3].map((mebibytes) => `{apiVersion: v1, kind: Foo, a: ${'x'.repeat(mebibytes * 1024 * 1024)}}`)
    const results = parseManifest(`kind: List\nitems:\n- ${half}\n- ${whole}\n- ${half}\n`, 'f.yaml')
    expect(results.map((result) => (result.type === 'problem' ? result.message : result.source.line))).toEqual([3, 'Request entity too large: limit is 3145728 (f.yaml:4:3)', 5])
  })

  test('nesting that no stack can hold is refused as well', () => {
    expect(read(`${FOO}a: ${'['.repeat(50_000)}`)).toEqual([expect.stringContaining('exceeded max depth of 500')])
  })
})

describe('lineOf', () => {
  const text = `# tutorial\n---\n${FOO}spec:\n  tcp:\n  - match: [{port: 1}]\n    route:\n    - weight: 80\n---\nkind: List\nitems:\n- apiVersion: v1\n  kind: Foo\n  spec: {a: 1,\n    b: 2}\n`
  const [first, second] = parseManifest(text, 'f.yaml')
  test.each<[result: ManifestResult | undefined, path: readonly (string | number)[], line: number]>([
    [first, [], 3],
    [first, ['spec'], 5],
    [first, ['spec', 'tcp', 0], 7],
    [first, ['spec', 'tcp', 0, 'route', 0, 'weight'], 9],
    [first, ['spec', 'tcp', 1, 'route'], 6],
    [first, ['spec', 'hosts', 0], 5],
    [second, ['spec', 'b'], 16],
    [second, ['nope'], 13],
  ])('%# %2$j', (result, path, line) => {
    expect(result?.type === 'document' ? result.lineOf(path) : undefined).toBe(line)
  })
})

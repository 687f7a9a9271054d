import {readdirSync, readFileSync} from 'node:fs'
import path from 'node:path'
import {describe, expect, test} from 'vitest'
import {analyze} from '../../src/analyze/analyze.js'
import {isMatch} from '../../src/analyze/glob.js'
import {isKnownCode, messages} from '../../src/analyze/messages.js'
import {ROUTING_CODES} from '../../src/analyze/routing-codes.js'
import {rules} from '../../src/analyze/rules.js'
import type {Rule} from '../../src/analyze/rule.js'
import {atLeast, selectFindings} from '../../src/analyze/select-findings.js'
import {prepare} from '../../src/analyze/prepare.js'
import {report} from '../../src/analyze/finding.js'
import {types} from '../../src/api/registry.js'
import {gatewayType} from '../../src/api/kinds/gateway.js'
import {virtualServiceType} from '../../src/api/kinds/virtual-service.js'
import type {KubeObject} from '../../src/api/object.js'
import type {RoutingFinding} from '../../src/routing/routing.js'
import {analyzeText, objectsIn, printFindings} from './findings-of.js'

const VIRTUAL_SERVICE =
  'apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: a}\nspec:\n  hosts: ["*"]\n  gateways: [g]\n  tcp:\n  - route: [{destination: {host: gone}}]\n'

describe('the registry of rules', () => {
  test('names each rule once, describes it, and has only codes that exist', () => {
    const names = rules.map(({name}) => name)
    expect(names).toEqual([...new Set(names)])
    expect(rules.filter(({description, codes}) => description === '' || codes.some((code) => !(code in messages)))).toEqual([])
  })

  test('has every rule there is a file for', () => {
    const registry = readFileSync('src/analyze/rules.ts', 'utf8')
    const missing = readdirSync('src/analyze/rules').filter((file) => !registry.includes(`./rules/${path.basename(file, '.ts')}.js`))
    expect(missing).toEqual([])
  })

  test('has a validation for each kind that istiod validates', () => {
    const validated = rules.flatMap(({name}) => (name.startsWith('schema.ValidationAnalyzer.') ? [name.slice('schema.ValidationAnalyzer.'.length)] : []))
    expect(validated.sort()).toEqual(types.flatMap(({kind, admit}) => (admit === undefined ? [] : [kind])).sort())
  })

  test('reports every message that is not an internal error or about what files alone say', () => {
    const reported = new Set<string>([...rules.flatMap(({codes}) => codes), 'IST0001', 'TSHIFT0001', 'TSHIFT0002'])
    expect(Object.keys(messages).filter((code) => !reported.has(code))).toEqual([])
  })

  test('gives every finding of routing a code', () => {
    const sources = readdirSync('src/routing', {recursive: true, encoding: 'utf8'}).filter((file) => file.endsWith('.ts'))
    const codes = sources.flatMap((file) =>
      [...readFileSync(path.join('src/routing', file), 'utf8').matchAll(/(?:\bcode: |\bfinding\()'([a-z][a-z-]+)'/g)].map(([, code = '']) => code),
    )
    expect([...new Set(codes)].filter((code) => !(code in ROUTING_CODES))).toEqual([])
  })
})

describe('findings', () => {
  test('come worst first, then by code, object and text, each once', () => {
    const twice: Rule = {
      name: 'test',
      description: 'test',
      codes: ['IST0118', 'IST0101'],
      check: ({inventory}) =>
        inventory.all.flatMap((subject) => [
          report(subject, 'IST0118', ['x', 1, '1']),
          report(subject, 'IST0101', ['b', 'b']),
          report(subject, 'IST0101', ['a', 'a']),
          report(subject, 'IST0101', ['a', 'a']),
        ]),
    }
    expect(printFindings(analyzeText(VIRTUAL_SERVICE, {rules: [twice]}))).toEqual([
      'IST0101 VirtualService default/a f.yaml:1: Referenced a not found: "a"',
      'IST0101 VirtualService default/a f.yaml:1: Referenced b not found: "b"',
      "IST0118 VirtualService default/a f.yaml:1: Port name x (port: 1, targetPort: 1) doesn't follow the naming convention of Istio port.",
    ])
  })

  test('a rule that fails becomes an internal error, and the others are heard', () => {
    const broken: Rule = {
      name: 'test.Broken',
      description: 'test',
      codes: [],
      check() {
        throw new Error('no')
      },
    }
    const found = analyzeText(VIRTUAL_SERVICE, {rules: [broken, ...rules.filter(({name}) => name === 'virtualservice.DestinationHostAnalyzer')]})
    expect(printFindings(found)).toEqual([
      'IST0001 : Internal error: test.Broken: no',
      'IST0101 VirtualService default/a f.yaml:8: Referenced host not found: "gone"',
    ])
  })

  test('are of one namespace, of what is in none, and not of what is suppressed', () => {
    const text = (name: string, metadata: string) =>
      `apiVersion: v1\nkind: Service\nmetadata: {name: ${name}, ${metadata}}\nspec: {ports: [{name: foo, port: 1}]}\n---\n`
    const found = analyzeText(
      text('a', 'namespace: one') +
        text('b', 'namespace: two') +
        text('c', 'namespace: one, annotations: {galley.istio.io/analyze-suppress: "IST0101,IST0118"}') +
        text('d', 'namespace: one, annotations: {galley.istio.io/analyze-suppress: "*"}') +
        'apiVersion: v1\nkind: Namespace\nmetadata: {name: two}\n',
      {rules},
    )
    const names = (selection: Parameters<typeof selectFindings>[1]) =>
      selectFindings(found, selection).map(({code, subject}) => `${code} ${subject?.object.metadata.name}`)
    expect(names({namespace: 'one', suppressions: []})).toEqual(['IST0118 a'])
    expect(names({namespace: undefined, suppressions: []})).toEqual(['IST0102 two', 'IST0118 a', 'IST0118 b'])
    expect(
      names({
        namespace: undefined,
        suppressions: [
          {code: 'IST0118', objects: 'Service one/*'},
          {code: 'IST0102', objects: 'Namespace t*o'},
        ],
      }),
    ).toEqual(['IST0118 b'])
    expect(atLeast(found, 'Warning')).toEqual([])
  })

  test.each([
    ['Pod testing/mypod', 'Pod testing/mypod', true],
    ['Pod mypod.testing', 'Pod testing/mypod', false],
    ['*', '', true],
    ['Pod */my*d', 'Pod a/myownpod', true],
    ['a*a', 'a', false],
    ['*a*b*', 'xxbxxa', false],
    ['?.x', 'a.x', false],
  ])('the glob %j fits %j: %j', (pattern, text, fits) => {
    expect(isMatch(pattern, text)).toBe(fits)
  })

  test('suppressions know the codes of Istio that are never reported here', () => {
    expect(['IST0101', 'IST0149', 'TSHIFT0101', 'IST0120', 'IST9999'].map(isKnownCode)).toEqual([true, true, true, false, false])
  })
})

describe('what routing found out', () => {
  const saying = (code: string, message: string): RoutingFinding => ({code, level: 'warning', object: 'VirtualService default/a', message})
  const shown = (routing: readonly RoutingFinding[]) => printFindings(analyzeText(VIRTUAL_SERVICE, {rules, routing})).filter((line) => !line.startsWith('IST'))

  test('is shown at the rule it names, with the level routing gives it', () => {
    const found = analyzeText(VIRTUAL_SERVICE, {rules, routing: [{...saying('dead-route', 'tcp[0] is never used'), level: 'error'}]}).filter(
      ({code}) => code === 'TSHIFT0101',
    )
    expect(found.map(({level, line, message}) => ({level, line, message}))).toEqual([{level: 'Error', line: 8, message: 'tcp[0] is never used'}])
  })

  test('is left out where an Istio code says the same', () => {
    expect(shown([saying('gateway-not-found', 'Gateway default/g does not exist'), saying('hosts-mismatch', 'hosts [*] do not overlap')])).toEqual([])
    expect(shown([saying('missing-service', 'tcp[0] leads to host gone.default.svc.cluster.local, which no Service has')])).toEqual([])
    expect(shown([saying('missing-service', 'tcp[0] leads to host other.default.svc.cluster.local, which no Service has')])).toHaveLength(1)
  })

  test('keeps the name of an object that is not there, and a code that nobody knows yet', () => {
    expect(shown([{code: 'brand-new', level: 'info', object: 'File /x.pem', message: 'odd'}])).toEqual(['TSHIFT0100 : File /x.pem: odd'])
  })
})

describe('objects of files', () => {
  const source = {file: 'f.yaml', line: 1, lineOf: (place: readonly (string | number)[]) => 1 + place.length}
  const said = (type: Parameters<typeof prepare>[0], spec: object) => {
    const {subject, findings} = prepare(
      type,
      {apiVersion: 'networking.istio.io/v1', kind: type.kind, metadata: {name: 'a', namespace: 'default'}, spec} as KubeObject,
      source,
    )
    return {isKept: subject !== undefined, says: printFindings(findings)}
  }

  test('keep what the API server would refuse as long as it can be read', () => {
    expect(said(virtualServiceType, {hosts: ['*'], tcp: [{route: [{weight: 1}], rout: 1}]})).toEqual({
      isKept: true,
      says: [
        'TSHIFT0002 VirtualService default/a f.yaml:5: Unknown field "spec.tcp[0].rout": apply refuses it, and where it is let through nothing reads it.',
        'TSHIFT0001 VirtualService default/a f.yaml:1: The API server refuses this: spec.tcp[0].route[0].destination: Required value',
      ],
    })
  })

  test('are left out where a type is wrong', () => {
    expect(said(gatewayType, {servers: 'no'})).toEqual({
      isKept: false,
      says: [
        'TSHIFT0001 Gateway default/a f.yaml:3: The API server refuses this: spec.servers: Invalid value: "string": spec.servers in body must be of type array: "string"',
      ],
    })
  })
})

test('5,000 VirtualServices at one port are analyzed, each on its own', () => {
  const [service, gateway, one] = objectsIn(
    'apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {ports: [{name: tcp, port: 9000}]}\n---\n' +
      'apiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: {name: g}\nspec: {selector: {istio: ingressgateway}, servers: [{hosts: ["*"], port: {number: 31400, name: tcp, protocol: TCP}}]}\n---\n' +
      'apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: v}\nspec: {hosts: [same.example.com], gateways: [g, mesh], tcp: [{match: [{port: 31400}], route: [{destination: {host: s}}, {destination: {host: gone}}]}]}\n',
  )
  if (service === undefined || gateway === undefined || one === undefined) throw new Error('three objects')
  const many = Array.from({length: 5000}, (_, index) => ({...one, object: {...one.object, metadata: {...one.object.metadata, name: `v${index}`}}}))
  const found = analyze({objects: [service, gateway, ...many], rules, routing: [], isUsable: () => true})
  expect(found.filter(({code}) => code === 'IST0109')).toHaveLength(5000)
})

test('delegates that refer to each other in a circle are analyzed like any others', () => {
  const delegate = (name: string, to: string, binding = '') =>
    `{apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: ${name}}, spec: {${binding}http: [{delegate: {name: ${to}}}]}}`
  const text = [delegate('itself', 'itself', 'hosts: [a.example.com], '), delegate('first', 'second', 'hosts: [b.example.com], '), delegate('second', 'first')].join('\n---\n')
  expect(printFindings(analyzeText(text, {rules}))).toEqual([])
})

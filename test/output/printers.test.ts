import {describe, expect, test} from 'vitest'
import type {KubeObject} from '../../src/api/object.js'
import type {Column} from '../../src/api/resource-type.js'
import {formatAge} from '../../src/api/age.js'
import {manualClock} from '../help/manual-clock.js'
import {UserError} from '../../src/base/user-error.js'
import {printerFor, type PrinterOptions} from '../../src/output/printers.js'
import type {PrintedType, Section} from '../../src/output/section.js'
import {alignRows, TABLE_LAYOUT} from '../../src/output/tabwriter.js'

interface Printable extends KubeObject {
  readonly status?: string
  readonly spec?: unknown
}

const clock = manualClock(Date.parse('2026-11-21T00:00:05Z'))
const age: Column = {name: 'Age', cell: ({metadata}, nowMs) => formatAge(metadata.creationTimestamp, nowMs)}
const status: Column = {name: 'Status', cell: (object: Printable) => object.status ?? ''}
const uid: Column = {name: 'Uid', wide: true, cell: ({metadata}) => metadata.uid ?? '<none>'}
const podType: PrintedType = {group: '', kind: 'Pod', columns: [status, age, uid]}
const deploymentType: PrintedType = {group: 'apps', kind: 'Deployment', columns: [age]}
const eventType: PrintedType = {group: '', kind: 'Event', columns: [status, {name: 'Name', wide: true, cell: ({metadata}) => metadata.name}]}

const created = {creationTimestamp: '2026-11-21T00:00:02Z', namespace: 'demo'}
const labels = {version: 'v1', 'example.com/app': 'tcp-echo'}
const v1: Printable = {apiVersion: 'v1', kind: 'Pod', metadata: {...created, name: 'tcp-echo-v1', labels}, status: 'Running'}
const v2: Printable = {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'v2', namespace: 'demo', uid: '7'}, status: 'Pending\nsecond line', spec: {ports: [1, 2]}}
const deployment: KubeObject = {apiVersion: 'apps/v1', kind: 'Deployment', metadata: {...created, name: 'tcp-echo'}}
const pods: Section = {type: podType, objects: [v1, v2]}
const deployments: Section = {type: deploymentType, objects: [deployment]}
const none: Section = {type: deploymentType, objects: []}

const lines = (text: string) => text.split('\n')
const print = (output: string | undefined, options: Omit<PrinterOptions, 'clock'>, ...sections: Section[]) => lines(printerFor(output, {clock, ...options}).print(sections))

describe('tables', () => {
  test.each<[name: string, printed: readonly string[], expected: readonly string[]]>([
    ['columns are as wide as their longest cell and three more, at least six', print(undefined, {}, pods), [
      'NAME          STATUS       AGE',
      'tcp-echo-v1   Running      3s',
      'v2            Pending...   <unknown>',
      '',
    ]],
    ['-o wide shows all columns', print('wide', {}, pods), [
      'NAME          STATUS       AGE         UID',
      'tcp-echo-v1   Running      3s          <none>',
      'v2            Pending...   <unknown>   7',
      '',
    ]],
    ['-A, -L and --show-labels add theirs', print('', {showsNamespace: true, labelColumns: ['example.com/app', 'version'], showsLabels: true}, pods), [
      'NAMESPACE   NAME          STATUS       AGE         APP        VERSION   LABELS',
      'demo        tcp-echo-v1   Running      3s          tcp-echo   v1        example.com/app=tcp-echo,version=v1',
      'demo        v2            Pending...   <unknown>                        <none>',
      '',
    ]],
    ['several types have a table each and names with their kind; nothing found has none', print(undefined, {}, none, pods, deployments), [
      'NAME              STATUS       AGE',
      'pod/tcp-echo-v1   Running      3s',
      'pod/v2            Pending...   <unknown>',
      '',
      'NAME                       AGE',
      'deployment.apps/tcp-echo   3s',
      '',
    ]],
    ['--no-headers leaves out headers and the blank line', print(undefined, {hidesHeaders: true}, pods, deployments), [
      'pod/tcp-echo-v1   Running      3s',
      'pod/v2            Pending...   <unknown>',
      'deployment.apps/tcp-echo   3s',
      '',
    ]],
    ['a type may place its name itself', print(undefined, {}, {type: eventType, objects: [v1]}), ['STATUS', 'Running', '']],
    ['… and show it when wide', print('wide', {}, {type: eventType, objects: [v1]}), ['STATUS    NAME', 'Running   tcp-echo-v1', '']],
    ['nothing found is nothing', print(undefined, {}, none), ['']],
  ])('%s', (_, printed, expected) => {
    expect(printed).toEqual(expected)
  })

  test('printed one by one they have one header and keep their widths', () => {
    const printer = printerFor(undefined, {clock})
    const parts = [printer.printEach({...pods, objects: [v1]}), printer.printEach({...pods, objects: []}), printer.printEach({...pods, objects: [v2]})]
    expect(parts).toEqual(['NAME          STATUS    AGE\ntcp-echo-v1   Running   3s\n', '', 'v2            Pending...   <unknown>\n'])
  })

  test('cells are measured in characters and cannot drive the terminal', () => {
    expect(alignRows([['é日😀', 'x'], ['abcdefg', 'y']], TABLE_LAYOUT)).toBe('é日😀       x\nabcdefg   y\n')
    expect(print(undefined, {}, {type: podType, objects: [{...v1, status: '\x1b[2J'} as typeof v1]})[1]).toBe('tcp-echo-v1   ^[[2J    3s')
  })
})

describe('objects', () => {
  const listYaml = ['apiVersion: v1', 'items:', '- apiVersion: apps/v1', '  kind: Deployment', '  metadata:', '    creationTimestamp: "2026-11-21T00:00:02Z"', '    name: tcp-echo', '    namespace: demo', 'kind: List', 'metadata:', '  resourceVersion: ""', '']
  test.each<[name: string, printed: readonly string[], expected: readonly string[]]>([
    ['several are a List', print('yaml', {}, deployments), listYaml],
    ['none are an empty List', print('yaml', {isSingle: true}, none), ['apiVersion: v1', 'items: []', 'kind: List', 'metadata:', '  resourceVersion: ""', '']],
    ['one asked for by name is itself', print('json', {isSingle: true}, {type: podType, objects: [{apiVersion: 'v1', kind: 'Pod', metadata: {name: 'a'}}]}), [
      '{', '    "apiVersion": "v1",', '    "kind": "Pod",', '    "metadata": {', '        "name": "a"', '    }', '}', '',
    ]],
    ['names have their kind and group', print('name', {}, pods, deployments), ['pod/tcp-echo-v1', 'pod/v2', 'deployment.apps/tcp-echo', '']],
    ['jsonpath sees the List', print('jsonpath={.kind}{range .items[*]} {.metadata.name}={.kind}{end}', {}, pods, deployments), ['List tcp-echo-v1=Pod v2=Pod tcp-echo=Deployment']],
    ['jsonpath sees the single object', print('jsonpath={.kind}={.metadata.name}', {isSingle: true}, deployments), ['Deployment=tcp-echo']],
    ['jsonpath-as-json prints lists', print('jsonpath-as-json={.kind}', {isSingle: true}, deployments), ['[', '    "Deployment"', ']', '']],
    ['custom columns', print('custom-columns=NAME:.metadata.name,PORTS:{.spec.ports[*]},SPEC:spec', {}, pods), [
      'NAME          PORTS    SPEC', 'tcp-echo-v1   <none>   <none>', 'v2            1,2      map[ports:[1 2]]', '',
    ]],
    ['custom columns without headers', print('custom-columns=NAME:metadata.name', {hidesHeaders: true}, deployments), ['tcp-echo', '']],
    ['formats may be written in capitals', print('NAME', {}, deployments), ['deployment.apps/tcp-echo', '']],
  ])('%s', (_, printed, expected) => {
    expect(printed).toEqual(expected)
  })

  test.each<[output: string, text: string]>([
    ['name', 'pod/tcp-echo-v1\npod/v2\n'],
    ['jsonpath={.metadata.name},', 'tcp-echo-v1,v2,'],
    ['custom-columns=N:.metadata.name', 'N\ntcp-echo-v1\nv2\n'],
  ])('one by one with -o %s', (output, text) => {
    const printer = printerFor(output, {clock})
    expect(pods.objects.map((object) => printer.printEach({...pods, objects: [object]})).join('')).toBe(text)
  })

  test('YAML documents printed one by one are a stream', () => {
    const printer = printerFor('yaml', {clock})
    const plain = {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'a'}}
    const one = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n'
    expect([plain, plain].map((object) => printer.printEach({type: podType, objects: [object]}))).toEqual([one, `---\n${one}`])
  })
})

describe('what cannot be printed is refused in kubectl’s words', () => {
  const allowed = 'allowed formats are: custom-columns,custom-columns-file,go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,kyaml,name,template,templatefile,wide,yaml'
  test.each<[output: string, message: string]>([
    ['bad', `unable to match a printer suitable for the output format "bad", ${allowed}`],
    ['json=x', `unable to match a printer suitable for the output format "json=x", ${allowed}`],
    ['jsonpath', 'template format specified but no template given'],
    ['jsonpath={', 'error parsing jsonpath {, unclosed action'],
    ['custom-columns', 'custom-columns format specified but no custom columns given'],
    ['custom-columns=NAME', 'unexpected custom-columns spec: NAME, expected <header>:<json-path-expr>'],
    ['custom-columns=NAME:{a}{b}', "unexpected path string, expected a 'name1.name2' or '.name1.name2' or '{name1.name2}' or '{.name1.name2}'"],
  ])('-o %s', (output, message) => {
    expect(() => printerFor(output, {clock})).toThrow(new UserError(message))
  })
})

describe('templates come from the option, from --template or from a file', () => {
  const files: Readonly<Record<string, string>> = {go: '{{.kind}}!', path: '{.kind}?', columns: 'NAME      APP\nmetadata.name .metadata.labels.version\n', lost: 'A B\nx\n', one: 'A'}
  const readFile = (file: string) => {
    const text = files[file]
    if (text === undefined) throw Object.assign(new Error('ENOENT: gone'), {code: 'ENOENT'})
    return text
  }
  const options: PrinterOptions = {clock, isSingle: true, readFile}
  const printed = (output: string, more: Partial<PrinterOptions> = {}) => printerFor(output, {...options, ...more}).print([{type: podType, objects: [v1]}])

  test.each<[output: string, more: Partial<PrinterOptions>, text: string]>([
    ['go-template={{.metadata.name}}', {}, 'tcp-echo-v1'],
    ['template', {template: '{{.kind}}'}, 'Pod'],
    ['', {template: '{{.kind}}'}, 'Pod'],
    ['go-template-file=go', {}, 'Pod!'],
    ['templatefile', {template: 'go'}, 'Pod!'],
    ['jsonpath', {template: '{.kind}'}, 'Pod'],
    ['jsonpath-file=path', {}, 'Pod?'],
    ['custom-columns-file=columns', {}, 'NAME          APP\ntcp-echo-v1   v1\n'],
    ['NAME', {}, 'pod/tcp-echo-v1\n'],
  ])('-o %s %o', (output, more, text) => {
    expect(printed(output, more)).toBe(text)
  })

  test.each<[output: string, more: Partial<PrinterOptions>, message: string]>([
    ['go-template-file=gone', {}, 'error reading --template gone, open gone: no such file or directory'],
    ['go-template', {}, 'template format specified but no template given'],
    ['custom-columns-file=lost', {}, "number of headers (2) and field specifications (1) don't match"],
    ['custom-columns-file=one', {}, 'invalid template, missing spec line. Expected format is one line of space separated headers, one line of space separated column specs.'],
    ['wide', {isMachineOnly: true}, 'unable to match a printer suitable for the output format "wide", allowed formats are: go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,kyaml,name,template,templatefile,yaml'],
    ['JSONPATH={.kind}', {isMachineOnly: true}, 'unable to match a printer suitable for the output format "JSONPATH={.kind}", allowed formats are: go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,kyaml,name,template,templatefile,yaml'],
  ])('-o %s %o is refused', (output, more, message) => {
    expect(() => printed(output, more)).toThrow(new UserError(message))
  })

  test('a key that is missing is an error where that is asked for', () => {
    expect(() => printed('jsonpath={.nope}', {allowsMissingKeys: false})).toThrow('nope is not found')
    expect(() => printed('go-template={{.nope}}', {allowsMissingKeys: false})).toThrow('map has no entry for key "nope"')
  })
})

describe('what happened to watched objects', () => {
  const printed = (output: string) => {
    const printer = printerFor(output, {clock, showsNamespace: true})
    return (['ADDED', 'DELETED'] as const).map((event) => printer.printEach({type: {...podType, columns: [status]}, objects: [v1]}, event)).join('')
  }
  test.each<[output: string, text: string]>([
    ['', 'EVENT        NAMESPACE   NAME          STATUS\nADDED        demo        tcp-echo-v1   Running\nDELETED      demo        tcp-echo-v1   Running\n'],
    ['name', 'pod/tcp-echo-v1\npod/tcp-echo-v1\n'],
    ['jsonpath={.type} {.object.kind}{"\\n"}', 'ADDED Pod\nDELETED Pod\n'],
    ['custom-columns=T:.type,N:.object.metadata.name', 'T       N\nADDED   tcp-echo-v1\nDELETED   tcp-echo-v1\n'],
  ])('-o "%s"', (output, text) => {
    expect(printed(output)).toBe(text)
  })
})

test('managed fields are left out of JSON and YAML unless they are asked for', () => {
  const managed = {apiVersion: 'v1', kind: 'Pod', metadata: {name: 'a', managedFields: [{manager: 'm'}]}}
  const printed = (more: Partial<PrinterOptions>) => printerFor('yaml', {clock, isSingle: true, ...more}).print([{type: podType, objects: [managed]}])
  expect([printed({}), printed({showsManagedFields: true})]).toEqual([
    'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n',
    'apiVersion: v1\nkind: Pod\nmetadata:\n  managedFields:\n  - manager: m\n  name: a\n',
  ])
})

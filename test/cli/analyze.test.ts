import {mkdirSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {createSandbox, type Sandbox} from '../help/sandbox.js'

const NOTE = 'note: istioctl ignores Service objects in files; tshift analyzes with all of them\n'
const NOT_INJECTED = (name: string) =>
  `Info [IST0102] (Namespace ${name}) The namespace is not enabled for Istio injection. Run 'kubectl label namespace ${name} istio-injection=enabled' to enable it, or 'kubectl label namespace ${name} istio-injection=disabled' to explicitly mark it as not needing injection.`
const ISSUES = (target: string) =>
  `Error: Analyzers found issues when analyzing ${target}.\nSee https://istio.io/v1.32/docs/reference/config/analysis for more information about causes and resolutions.\n`

const BROKEN = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: tcp-echo
spec:
  hosts:
  - "*"
  gateways:
  - nope
  tcp:
  - route:
    - destination:
        host: tcp-echo
        port:
          number: 9000
`

let box: Sandbox

beforeAll(async () => {
  box = createSandbox()
  mkdirSync(path.join(box.directory, 'below'))
  writeFileSync(path.join(box.directory, 'broken.yaml'), BROKEN)
  writeFileSync(path.join(box.directory, 'unreadable.yaml'), 'a: b: c\n')
  writeFileSync(path.join(box.directory, 'below/notes.txt'), '')
  await box.ok('tshift create namespace demo && tshift label namespace demo istio-injection=enabled && tshift apply -n demo -f tcp-echo')
})

afterAll(() => box.close())

const inBox = (line: string, input = '') => box.sh(line, {cwd: box.directory, input})

describe('analyze, live', () => {
  test('the tutorial is clean: an empty line on stdout, the good news on stderr', async () => {
    expect(await box.sh('tshift analyze -n demo')).toEqual({code: 0, stdout: '\n', stderr: '✔ No validation issues found when analyzing namespace: demo.\n'})
  })

  test('what is not wrong enough for an error is shown and ends with 0; a threshold changes either', async () => {
    expect(await box.sh('tshift analyze -A')).toEqual({code: 0, stdout: `${NOT_INJECTED('default')}\n`, stderr: ''})
    expect(await box.sh('tshift analyze --failure-threshold info --output-threshold WARNING')).toEqual({
      code: 79,
      stdout: '\n',
      stderr: `✔ No validation issues found when analyzing namespace: default.\n${ISSUES('namespace: default')}`,
    })
  })

  test('a namespace that does not exist is said to', async () => {
    expect(await box.sh('tshift analyze -n nowhere')).toEqual({code: 0, stdout: '', stderr: 'namespace "nowhere" not found\n'})
  })

  test('files are analyzed as if they were applied, at their lines', async () => {
    expect(await inBox('tshift analyze -n demo broken.yaml')).toEqual({
      code: 79,
      stdout: [
        'Error [IST0101] (VirtualService demo/tcp-echo broken.yaml:9) Referenced gateway not found: "nope"',
        'Warning [IST0132] (VirtualService demo/tcp-echo broken.yaml:9) one or more host [*] defined in VirtualService demo/tcp-echo not found in Gateway demo/nope.',
        'Warning [TSHIFT0103] (Gateway demo/tcp-echo-gateway) server tcp (port 31400) has no VirtualService with a matching tcp route: the port is not opened and connections are refused',
        '',
      ].join('\n'),
      stderr: ISSUES('namespace: demo'),
    })
  })
})

describe('analyze, files alone', () => {
  test.each(['tcp-echo', 'istio-1.1 sleep'])('examples/%s is clean', async (directory) => {
    expect(await box.sh(`tshift analyze --use-kube=false ${directory}`)).toMatchObject({code: 0, stdout: '\n'})
  })

  test('the other examples say what their comments say', async () => {
    const {stdout} = await box.sh('tshift analyze -k=false tcp-echo raw-tcp other-port')
    expect(stdout.split('\n').map((line) => line.slice(0, line.indexOf(')') + 1))).toEqual([
      'Warning [IST0162] (Gateway default/gateway raw-tcp/route-config.yaml:24)',
      'Warning [IST0162] (Gateway default/tcp-echo-gateway other-port/gateway-28674.yaml:10)',
      '',
    ])
  })

  test('json always ends with 0, formats of our own as log does', async () => {
    const json = await inBox('tshift analyze -k=false --analyzer virtualservice.GatewayAnalyzer --output-threshold Error -o json -', BROKEN)
    expect(json).toMatchObject({code: 0, stderr: ''})
    expect(JSON.parse(json.stdout)).toEqual([
      {
        code: 'IST0101',
        documentationUrl: 'https://istio.io/v1.32/docs/reference/config/analysis/ist0101/?ref=istioctl-analyze',
        level: 'Error',
        message: 'Referenced gateway not found: "nope"',
        origin: 'VirtualService default/tcp-echo',
        reference: '-:9',
      },
    ])
    expect(await inBox('tshift analyze -k=false --analyzer virtualservice.GatewayAnalyzer --output-threshold Error -o github broken.yaml')).toEqual({
      code: 79,
      stdout: '::error file=broken.yaml,line=9,title=IST0101 VirtualService default/tcp-echo::Referenced gateway not found: "nope"\n',
      stderr: ISSUES('namespace: default'),
    })
  })

  test('what cannot be read ends with 65, and with 0 where that is allowed', async () => {
    const {code, stdout, stderr} = await inBox('tshift analyze -k=false unreadable.yaml below')
    expect({code, stdout}).toEqual({code: 65, stdout: '\n'})
    expect(stderr).toContain('Skipping file below/notes.txt, recognized file extensions are: [.json .yaml .yml]\n')
    expect(stderr).toContain('Error(s) adding files: 1 error occurred:\n\t* error parsing unreadable.yaml: error converting YAML to JSON: yaml: line 1')
    expect(stderr).toContain(
      "No validation issues found when analyzing namespace: default (but 1 file could not be parsed).\nError: Some files couldn't be parsed.\n",
    )
  })

  test('an unknown format ends with 64', async () => {
    expect(await inBox('tshift analyze -o xml')).toEqual({
      code: 64,
      stdout: '',
      stderr: 'error: xml not a valid option for format. See tshift analyze --help\nchoose from log, json, yaml, junit, sarif, github\n',
    })
  })

  test('--color paints levels, -v says what ran', async () => {
    const {stdout, stderr} = await inBox('tshift analyze -k=false --color -v --analyzer virtualservice.GatewayAnalyzer --output-threshold Error broken.yaml')
    expect(stdout).toBe('\u001b[1;31mError\u001b[0m [IST0101] (VirtualService default/tcp-echo broken.yaml:9) Referenced gateway not found: "nope"\n')
    expect(stderr).toBe(`Analyzed resources in namespace: default\nExecuted analyzers:\n\t virtualservice.GatewayAnalyzer\n\n${ISSUES('namespace: default')}`)
  })

  test('core objects in files count, which is said once', async () => {
    const {stderr} = await box.sh('tshift analyze -n demo tcp-echo/tcp-echo-services.yaml')
    expect(stderr).toBe(`${NOTE}✔ No validation issues found when analyzing tcp-echo/tcp-echo-services.yaml.\n`)
  })
})

describe('validate', () => {
  test('valid files and standard input are said to be', async () => {
    expect(await box.sh('tshift validate -f tcp-echo/tcp-echo-20-v2.yaml')).toEqual({code: 0, stdout: '', stderr: '"tcp-echo/tcp-echo-20-v2.yaml" is valid\n'})
    expect(await inBox('tshift v -f -', BROKEN)).toEqual({code: 0, stdout: '', stderr: 'validation succeed\n'})
  })

  test('all that is wrong is said at once, after the warnings', async () => {
    const text = [
      'apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: a}\nspec: {hosts: ["*"], gateways: [g.b], tcp: [{route: [{destination: {host: a}}, {destination: {host: b}}]}]}\n',
      'apiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: {name: g, namespace: ns}\nspec: {server: []}\n',
      'apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {ports: [{port: 1}, {port: 2, name: foo}, {port: 3, protocol: UDP}, {port: 4, appProtocol: bar}, {port: 5, name: tcp}]}\n',
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d}\nspec: {template: {metadata: {labels: {app: d}}}}\n',
      'apiVersion: x/v1\nkind: Unknown\n',
    ]
    writeFileSync(path.join(box.directory, 'many.yaml'), text.join('---\n'))
    const requirements = 'https://istio.io/v1.32/docs/ops/deployment/requirements/'
    expect(await inBox('tshift validate -f many.yaml')).toEqual({
      code: 1,
      stdout: '',
      stderr: [
        `deployment "d/:" may not provide Istio metrics and telemetry labels: map["app":"d"]. See ${requirements}`,
        '"many.yaml" has warnings: ',
        '\t* VirtualService//a: using legacy gatewayName format "g.b"; prefer the <namespace>/<name> format: "b/g"',
        '',
        'Error: 5 errors occurred:',
        '\t* VirtualService//a: total destination weight = 0',
        '\t* Gateway/ns/g: cannot parse proto message: unknown field "server" in v1alpha3.Gateway',
        `\t* Service//s: service "s//:" has an unnamed port. This is not recommended, See ${requirements}`,
        `\t* Service//s: service "s//:" port "foo" does not follow the Istio naming convention. See ${requirements}`,
        `\t* Service//s: service "s//:" doesn't follow Istio protocol selection. This is not recommended, See https://istio.io/v1.32/docs/ops/configuration/traffic-management/protocol-selection/`,
        '',
        '',
      ].join('\n'),
    })
  })

  test('a file that is not there is an error', async () => {
    expect(await inBox('tshift validate -f nosuch.yaml')).toEqual({
      code: 1,
      stdout: '',
      stderr: 'Error: 1 error occurred:\n\t* cannot stat file "nosuch.yaml": stat nosuch.yaml: no such file or directory\n\n',
    })
  })
})

import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {createSandbox, type Sandbox} from '../help/sandbox.js'

describe('config', () => {
  let box: Sandbox
  beforeAll(() => {
    box = createSandbox()
  })
  afterAll(() => box.close())

  test('a namespace set once is where commands work that name none', async () => {
    await box.ok('tshift create namespace here')
    expect(await box.ok('tshift config set-context --current --namespace=here')).toBe('Context "tshift" modified.\n')
    expect(await box.ok('tshift create -f tcp-echo/tcp-echo-20-v2.yaml -o name')).toContain('virtualservice.networking.istio.io/tcp-echo')
    expect(await box.ok('tshift get vs -A --no-headers')).toMatch(/^here +tcp-echo /)
    expect(await box.ok('tshift get vs -o name')).toBe('virtualservice.networking.istio.io/tcp-echo\n')
    expect((await box.sh('tshift get vs -n default')).stderr).toBe('No resources found in default namespace.\n')
    expect(await box.ok('tshift config get-contexts')).toBe('CURRENT   NAME     CLUSTER   AUTHINFO   NAMESPACE\n*         tshift   tshift    tshift     here\n')
    expect(await box.ok('tshift config view')).toBe(
      [
        'apiVersion: v1',
        'clusters:',
        '- cluster:',
        `    server: tshift:${box.home}`,
        '  name: tshift',
        'contexts:',
        '- context:',
        '    cluster: tshift',
        '    namespace: here',
        '    user: tshift',
        '  name: tshift',
        'current-context: tshift',
        'kind: Config',
        'users:',
        '- name: tshift',
        '  user: {}',
        '',
      ].join('\n'),
    )
  })

  test('a kubeconfig is printed in every format, JSON in its own order', async () => {
    const {clusters, contexts, users} = JSON.parse(await box.ok('tshift config view -o json'))
    expect({clusters, contexts, users}).toMatchObject({clusters: [{name: 'tshift'}], contexts: [{name: 'tshift', context: {namespace: 'here'}}], users: [{name: 'tshift'}]})
    expect(await box.ok('tshift config view -o json --raw | head -3')).toBe('{\n    "kind": "Config",\n    "apiVersion": "v1",\n')
    expect(await box.ok("tshift config view --minify -o jsonpath='{..namespace}'")).toBe('here')
    expect(await box.ok("tshift config view --flatten -o go-template='{{index . \"current-context\"}}'")).toBe('tshift')
    expect(await box.ok('tshift config get-clusters; tshift config get-users')).toBe('NAME\ntshift\nNAME\ntshift\n')
  })

  test('contexts are made, used and deleted in kubectl\'s words', async () => {
    const lines = [
      ['set-context other --namespace=there', 'Context "other" created.\n'],
      ['use-context other', 'Switched to context "other".\n'],
      ['current-context', 'other\n'],
      ['get-contexts -o name', 'other\ntshift\n'],
      ['use-context nope', 'error: no context exists with the name: "nope"\n'],
      ['get-contexts nope', 'CURRENT   NAME   CLUSTER   AUTHINFO   NAMESPACE\nerror: context nope not found\n'],
      ['set-context', 'error: you must specify a non-empty context name or --current\n'],
      ['delete-context nope', `error: cannot delete context nope, not in ${box.home}/contexts.json\n`],
      ['delete-context tshift', `deleted context tshift from ${box.home}/contexts.json\n`],
    ]
    const seen: string[][] = []
    for (const [command = ''] of lines) seen.push([command, (await box.sh(`tshift config ${command} 2>&1`)).stdout])
    expect(seen).toEqual(lines)
  })
})

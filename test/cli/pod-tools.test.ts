import {mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {createSandbox, type Sandbox} from '../help/sandbox.js'

const POD = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {name: 'own', annotations: {'tshift.dev/command': 'sleep 1000'}},
  spec: {containers: [{name: 'c', image: 'own', volumeMounts: [{name: 'data', mountPath: '/no-such/data'}]}], volumes: [{name: 'data', emptyDir: {}}]},
}

describe('top pod and cp', () => {
  let box: Sandbox
  const file = (name: string) => path.join(box.directory, name)
  beforeAll(async () => {
    box = createSandbox()
    writeFileSync(file('pod.json'), JSON.stringify(POD))
    await box.ok('tshift gateway start --bind $BIND --allow-host-commands')
    await box.ok(`tshift apply -f ${file('pod.json')}`)
    await box.ok('tshift wait --for=condition=Ready pod/own --timeout=30s && tshift wait --for=condition=Ready pod -l istio=ingressgateway -n istio-system --timeout=30s')
  })
  afterAll(() => box.close())

  test.runIf(process.platform === 'linux')('pods that run are shown with what they use', async () => {
    const lines = (await box.ok('tshift top pods -A --containers --no-headers')).trimEnd().split('\n')
    expect(lines.map((line) => line.replace(/\d+m +\d+Mi *$/, 'USAGE').split(/ +/))).toEqual([
      ['default', 'own', 'c', 'USAGE'],
      ['istio-system', expect.stringMatching(/^istio-ingressgateway-/) as string, 'istio-proxy', 'USAGE'],
    ])
    expect(lines[1]).not.toMatch(/ 0Mi *$/) // the gateway process itself
  })

  test('what is copied into a volume is the pod’s, and comes back', async () => {
    mkdirSync(file('there'))
    writeFileSync(file('there/greeting'), 'hello\n')
    expect(await box.sh(`tshift cp ${file('there')} own:/no-such/data/copy`)).toEqual({code: 0, stdout: '', stderr: ''})
    expect(await box.ok(`tshift exec own -- sh -c 'cat ${path.join(box.home, 'pods', '*', 'volumes/data/copy/greeting')}'`)).toBe('hello\n')
    expect(await box.sh(`tshift cp default/own:/no-such/data/copy/greeting ${file('back')}`)).toEqual({code: 0, stdout: '', stderr: ''})
    expect(readFileSync(file('back'), 'utf8')).toBe('hello\n')
  })

  test.each([
    ['tshift cp nope own:/x', "error: nope doesn't exist in local filesystem\n"],
    ['tshift cp nobody:/x x', 'Error from server (NotFound): pods "nobody" not found\n'],
    ['tshift cp own:/x x -c other', 'error: container other not found in pod own\n'],
    ['tshift top pod nobody', 'Error from server (NotFound): podmetrics.metrics.k8s.io "default/nobody" not found\n'],
    ['tshift top pod a b', "error: pod [NAME | -l label]\nSee 'tshift top pod -h' for help and examples\n"],
    ['tshift top pod --sort-by=x', 'error: --sort-by accepts only cpu or memory\n'],
    ['tshift top node a -l x=y', 'error: only one of NAME or selector can be provided\n'],
  ])('%s is refused as kubectl refuses it', async (line, stderr) => {
    expect(await box.sh(line)).toEqual({code: 1, stdout: '', stderr})
  })
})

import {afterAll, beforeAll, expect, test} from 'vitest'
import {createSandbox, type Sandbox} from '../../help/sandbox.js'

let box: Sandbox
beforeAll(() => {
  box = createSandbox()
})
afterAll(() => box.close())

test('an interrupted watch has shown what happened and ends with 130', async () => {
  await box.ok('tshift create configmap first -n default')
  const watch = `tshift get configmaps -n default -w --output-watch-events -o jsonpath='{.type} {.object.metadata.name}{"\\n"}' > seen & watcher=$!
    until grep -q first seen 2>/dev/null; do sleep 0.1; done
    printf 'apiVersion: v1\\nkind: ConfigMap\\nmetadata: {name: a}\\n' | tshift apply -n default -f - && tshift delete cm a -n default
    until grep -q DELETED seen; do sleep 0.1; done
    kill -INT $watcher; wait $watcher; echo "$?"; cat seen`
  const {stdout} = await box.sh(watch, {cwd: box.directory})
  expect(stdout.split('\n')).toEqual(['configmap/a created', 'configmap "a" deleted from default namespace', '130', 'ADDED first', 'ADDED a', 'DELETED a', ''])
})

test('a template that fails says where on stderr, and on stdout what it was given', async () => {
  const {stdout, stderr, code} = await box.sh(`tshift get ns default -o go-template='x{{.kind.y}}'`)
  expect([code, stderr, stdout.split('\n', 1)[0]]).toEqual([
    1,
    'error: error executing template "x{{.kind.y}}": template: output:1:8: executing "output" at <.kind.y>: can\'t evaluate field y in type interface {}\n',
    'xError executing template: template: output:1:8: executing "output" at <.kind.y>: can\'t evaluate field y in type interface {}. Printing more information for debugging the template:',
  ])
})

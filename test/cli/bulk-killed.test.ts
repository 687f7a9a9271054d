import {readFileSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {createSandbox, type Sandbox} from '../help/sandbox.js'

let box: Sandbox
beforeAll(() => {
  box = createSandbox()
})
afterAll(() => box.close())

test('an apply of many objects that is killed has stored every object it named', async () => {
  const file = path.join(box.directory, 'many.yaml')
  writeFileSync(file, Array.from({length: 2000}, (_, i) => `{apiVersion: v1, kind: ConfigMap, metadata: {name: map-${i}}}\n`).join('---\n'))
  const printed = path.join(box.directory, 'printed')
  await box.ok(`tshift get ns && (tshift apply -f ${file} > ${printed} & pid=$!; until [ "0$(grep -cs . ${printed})" -ge 200 ]; do sleep 0.02; done; kill -9 $pid; wait $pid; true)`)
  const named = readFileSync(printed, 'utf8').split('\n').slice(0, -1).map((line) => line.replace(/ created$/, ''))
  const stored = new Set((await box.ok('tshift get cm -o name')).split('\n'))
  expect(named.length).toBeGreaterThanOrEqual(200)
  expect(named.filter((name) => !stored.has(name))).toEqual([])
})

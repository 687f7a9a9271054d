import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {afterAll, beforeAll, expect, test} from 'vitest'
import type {KubeObject} from '../../src/api/object.js'
import {SourceLines} from '../../src/cli/report/source-lines.js'
import type {Resources} from '../../src/resources/resources.js'

let directory: string
beforeAll(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'tshift-lines-'))
})
afterAll(() => rmSync(directory, {recursive: true}))

test('a file is read once, however many places in it are asked for', async () => {
  const file = path.join(directory, 'many.yaml')
  const objects = Array.from({length: 50}, (_, i): KubeObject => ({apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: `c${i}`, namespace: 'default'}}))
  writeFileSync(file, objects.map(({metadata}) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${metadata.name}}\ndata:\n  a: b\n`).join('---\n'))
  const lines = new SourceLines(objects, {origins: {find: async () => ({file, line: 1})}} as unknown as Resources)
  const lineOf = ({kind, metadata: {name}}: KubeObject) => lines.find({kind, namespace: 'default', name, path: ['data', 'a']})
  await lines.find({kind: 'ConfigMap', namespace: 'default', name: 'c0', path: []})
  rmSync(file) // whoever asks again is answered from what was read
  const found = await Promise.all(objects.map(lineOf))
  expect(found.map((line) => line?.line)).toEqual(objects.map((_, i) => 5 + 6 * i))
})

import {existsSync, readFileSync, writeFileSync, rmSync} from 'node:fs'
import {beforeEach, describe, expect, test} from 'vitest'
import type {KubeObject} from '../../../src/api/object.js'
import {deploymentType} from '../../../src/api/kinds/deployment.js'
import {editObjects, type EditOptions} from '../../../src/cli/edit/edit-objects.js'
import {editorOf} from '../../../src/cli/edit/run-editor.js'
import {createStrategicPatch} from '../../../src/resources/patch/create-strategic-patch.js'
import {mergeRulesOf} from '../../../src/resources/patch/patch-object.js'
import type {Resources} from '../../../src/resources/resources.js'
import {emptyCluster} from '../../help/cluster.js'

const OPTIONS: EditOptions = {format: 'yaml', windowsLineEndings: false, savesConfig: false, fieldManager: 'kubectl-edit', fieldValidation: 'Strict', managedFields: false}

const HEADER = `# Please edit the object below. Lines beginning with a '#' will be ignored,
# and an empty file will abort the edit. If an error occurs while saving this file will be
# reopened with the relevant failures.
#
`

describe('edit', () => {
  let resources: Resources
  beforeEach(async () => {
    ;({resources} = emptyCluster())
    await resources.create({apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'default'}})
    for (const name of ['one', 'two']) await resources.create(deployment(name))
  })

  /** Runs the edits one after the other, as the user would make them; returns what was seen and said. */
  async function edit(names: readonly string[], edits: readonly ((text: string) => string | undefined)[], options: Partial<EditOptions> = {}) {
    const objects = await Promise.all(names.map((name) => resources.get<KubeObject>(deploymentType, 'default', name)))
    const seen: string[] = []
    const said: string[] = []
    let file = ''
    const launch = (path: string) => {
      file = path
      seen.push(readFileSync(path, 'utf8'))
      const next = edits[seen.length - 1]?.(seen.at(-1) ?? '')
      if (next === undefined) rmSync(path)
      else writeFileSync(path, next)
      return Promise.resolve()
    }
    const done = (operation: string, object: KubeObject, patch: string) => said.push(`${object.metadata.name} ${operation} ${patch}`.trim())
    const outcome = await editObjects(objects, {...OPTIONS, ...options}, {resources, launch, say: (text) => said.push(text), done}).catch((error: Error) => error.message)
    const isKept = existsSync(file)
    if (isKept) rmSync(file)
    return {outcome, seen, said: said.map((line) => line.replaceAll(file, 'FILE')), isKept}
  }

  test('what is left as it is, is not written', async () => {
    const {seen, ...rest} = await edit(['one'], [(text) => text])
    expect(rest).toEqual({outcome: true, said: ['Edit cancelled, no changes made.'], isKept: false})
    expect(seen[0]?.startsWith(`${HEADER}apiVersion: apps/v1\nkind: Deployment\nmetadata:\n`)).toBe(true)
  })

  test('only what differs is sent, and items of lists by their key', async () => {
    const {said, isKept} = await edit(['one'], [(text) => text.replace('image: i1', 'image: new')])
    expect(said).toEqual(['one edited {"spec":{"template":{"spec":{"$setElementOrder/containers":[{"name":"c1"}],"containers":[{"image":"new","name":"c1"}]}}}}'])
    expect(isKept).toBe(false)
  })

  test('several objects are one list; those left alone are skipped', async () => {
    const {said, seen} = await edit(['one', 'two'], [(text) => text.replace('replicas: 2', 'replicas: 3')])
    expect(seen[0]?.startsWith(`${HEADER}apiVersion: v1\nitems:\n- apiVersion: apps/v1\n`)).toBe(true)
    expect(said).toEqual(['one edited {"spec":{"replicas":3}}', 'two skipped'])
  })

  test('a refused edit is opened again with the reason on top, and may then be mended', async () => {
    const bad = (text: string) => text.replace('replicas: 2', 'replicas: -1')
    const {seen, ...rest} = await edit(['one'], [bad, (text) => text.replace('replicas: -1', 'replicas: 4')])
    expect(rest).toEqual({outcome: true, said: ['error: deployments.apps "one" is invalid', 'one edited {"spec":{"replicas":4}}'], isKept: false})
    const reason = '# deployments.apps "one" was not valid:\n# * spec.replicas: Invalid value: -1: must be greater than or equal to 0\n#\n'
    expect(seen[1]?.startsWith(`${HEADER}${reason}apiVersion: apps/v1\n`)).toBe(true)
  })

  test('text that is no YAML is opened again; leaving it as it is gives up and keeps the copy', async () => {
    const {seen, ...rest} = await edit(['one'], [(text) => text.replace('replicas: 2', '  bad: ['), (text) => text])
    const said = ['error: deployments.apps "one" is invalid', expect.stringMatching(/^A copy of your changes has been stored to ".*"$/)]
    expect(rest).toMatchObject({outcome: 'Edit cancelled, no valid changes were saved.', said})
    expect(seen[1]).toContain('# * <nil>: Invalid value: "The edited file failed validation": yaml: line ')
  })

  test('an object cannot become another', async () => {
    expect(await edit(['one'], [(text) => text.replace('  name: one', '  name: three')])).toMatchObject({
      outcome: 'At least one of apiVersion, kind and name was changed',
      said: ['A copy of your changes has been stored to "FILE"'],
      isKept: true,
    })
  })

  test('a field that there is not is told like any other mistake', async () => {
    const {seen, outcome} = await edit(['one'], [(text) => text.replace('  replicas: 2', '  replicas: 2\n  replica: 2'), (text) => text])
    expect(outcome).toBe('Edit cancelled, no valid changes were saved.')
    expect(seen[1]).toContain('unknown field "spec.replica"')
  })

  test('what was deleted meanwhile is said, and the file kept', async () => {
    const {said} = await edit(['one'], [(text) => (void resources.get(deploymentType, 'default', 'one').then((object) => resources.remove(object)), text.replace('replicas: 2', 'replicas: 3'))])
    expect(said).toEqual(['error: deployments.apps "one" could not be found on the server', 'The edits you made on deleted resources have been saved to "FILE"'])
  })

  test('an editor that removes the file', async () => {
    expect((await edit(['one'], [() => undefined])).outcome).toMatch(/^open .*tshift-edit-\d+\.yaml: no such file or directory$/)
  })

  test('JSON and the line ends of Windows', async () => {
    const {seen, said} = await edit(['one'], [(text) => text.replace('"replicas": 2', '"replicas": 5')], {format: 'json', windowsLineEndings: true})
    expect(seen[0]?.startsWith('{\r\n    "apiVersion": "apps/v1",\r\n')).toBe(true)
    expect(said).toEqual(['one edited {"spec":{"replicas":5}}'])
  })
})

test.each([
  [{a: 1, b: 2}, {a: 1, c: 3}, {b: null, c: 3}],
  [{spec: {template: {spec: {containers: [{name: 'a'}, {name: 'b', image: 'x'}]}}}}, {spec: {template: {spec: {containers: [{name: 'b', image: 'x'}]}}}}, {spec: {template: {spec: {'$setElementOrder/containers': [{name: 'b'}], containers: [{$patch: 'delete', name: 'a'}]}}}}],
  [{spec: {template: {spec: {containers: [{name: 'a', args: ['1']}]}}}}, {spec: {template: {spec: {containers: [{name: 'a', args: ['2']}, {name: 'c'}]}}}}, {spec: {template: {spec: {'$setElementOrder/containers': [{name: 'a'}, {name: 'c'}], containers: [{name: 'a', args: ['2']}, {name: 'c'}]}}}}],
])('the strategic patch from %j to %j', (before, after, patch) => {
  expect(createStrategicPatch(before, after, mergeRulesOf(deploymentType))).toEqual(patch)
})

test.each([
  [{KUBE_EDITOR: 'code --wait', EDITOR: 'nano'}, ['code', '--wait']],
  [{EDITOR: 'nano'}, ['nano']],
  [{}, ['vi']],
])('the editor of %j', (env, words) => {
  expect(editorOf(env, 'linux')).toEqual(words)
})

function deployment(name: string): KubeObject {
  const spec = {replicas: 2, selector: {matchLabels: {app: name}}, template: {metadata: {labels: {app: name}}, spec: {containers: [{name: 'c1', image: 'i1'}]}}}
  return {apiVersion: 'apps/v1', kind: 'Deployment', metadata: {name, namespace: 'default'}, ...{spec}}
}

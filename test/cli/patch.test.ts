import {writeFileSync} from 'node:fs'
import path from 'node:path'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {createSandbox, type Sandbox} from '../help/sandbox.js'

let sandbox: Sandbox
beforeAll(() => {
  sandbox = createSandbox()
})
afterAll(() => sandbox.close())

const configMap = (name: string, data: object, labels: object = {app: 'a'}) => JSON.stringify({apiVersion: 'v1', kind: 'ConfigMap', metadata: {name, labels}, data})
const write = (file: string, ...documents: readonly string[]) => writeFileSync(path.join(sandbox.directory, file), documents.join('\n---\n'))
const run = async (line: string) => {
  const {code, stdout, stderr} = await sandbox.sh(line, {cwd: sandbox.directory})
  return [code, `${stdout}${stderr}`]
}

test('a resource that is applied, compared, patched, pruned and replaced', async () => {
  write('two.json', configMap('one', {k: '1'}), configMap('two', {k: '1'}))
  write('one.json', configMap('one', {k: '2'}))
  expect(await run('tshift apply -f two.json')).toEqual([0, 'configmap/one created\nconfigmap/two created\n'])
  const [code, text] = await run('tshift diff -f one.json')
  expect([code, String(text).split('\n').filter((line) => /^[-+] /.test(line))]).toEqual([1, ['-  k: "1"', '+  k: "2"']])
  expect(await run('tshift apply -f one.json --prune -l app=a')).toEqual([0, 'configmap/one configured\nconfigmap/two pruned\n'])
  expect(await run('tshift diff -f one.json')).toEqual([0, ''])
  expect(await run(`tshift patch cm one -p 'data: {k: "3"}'`)).toEqual([0, 'configmap/one patched\n'])
  const [refusal, words] = await run('tshift apply -f one.json --server-side --field-manager other')
  expect([refusal, String(words).split('\n')[0]]).toEqual([1, expect.stringMatching(/^error: Apply failed with 1 conflict: conflict with "kubectl-patch" using v1 at .*: \.data\.k$/)])
  expect(await run('tshift apply -f one.json --server-side --force-conflicts')).toEqual([0, 'configmap/one serverside-applied\n'])
  expect(await run(`tshift patch cm one -p 'data: {k: "4"}' --dry-run=server; tshift get all,ns,cm -o json -A | tshift diff -f -`)).toEqual([0, 'configmap/one patched\n'])
  expect(await run('tshift annotate cm nope one nope2 a=b')).toEqual([
    ...[1, 'configmap/one annotated\nError from server (NotFound): configmaps "nope" not found\nError from server (NotFound): configmaps "nope2" not found\n'],
  ])
  expect(await run('tshift replace --force -f one.json 2>/dev/null')).toEqual([0, 'configmap "one" force deleted from default namespace\nconfigmap/one replaced\n'])
})

test('labels and annotations from files and lists', async () => {
  write('local.json', configMap('local', {}, {a: 'b'}))
  expect(await run('tshift label --local -f local.json c=d -o name; tshift label --local -f local.json --list')).toEqual([0, 'configmap/local\na=b\n'])
  expect(await run('tshift label ns default a=b --resource-version 999999')).toEqual([
    1,
    'Error from server (Conflict): Operation cannot be fulfilled on namespaces "default": the object has been modified; please apply your changes to the latest version and try again\n',
  ])
})

test('what is deleted by force, by field and twice', async () => {
  await run('tshift create cm x; tshift create cm y')
  expect(await run('tshift delete cm --field-selector metadata.name=x -o name')).toEqual([0, 'configmap/x\n'])
  expect(await run('tshift delete cm y --force --grace-period=0 2>/dev/null')).toEqual([0, 'configmap "y" force deleted from default namespace\n'])
  expect(await run('tshift delete cm y --ignore-not-found')).toEqual([0, ''])
  expect(await run('tshift delete cm y --now --grace-period=3')).toEqual([1, 'error: --now and --grace-period cannot be specified together\n'])
})

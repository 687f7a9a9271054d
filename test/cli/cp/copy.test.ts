import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {afterEach, beforeEach, describe, expect, test} from 'vitest'
import type {Pod} from '../../../src/api/kinds/pod.js'
import {copyFromPod, copyToPod} from '../../../src/cli/cp/copy.js'
import {podPath} from '../../../src/cli/cp/pod-path.js'

let root: string
const at = (name: string) => path.join(root, name)
const put = (name: string, text: string, mode = 0o644) => {
  mkdirSync(path.dirname(at(name)), {recursive: true})
  writeFileSync(at(name), text, {mode})
}
const tree = (name: string): readonly string[] => readdirSync(at(name), {recursive: true}).map(String).sort()
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'tshift-cp-'))
})
afterEach(() => rmSync(root, {recursive: true, force: true}))

describe('into a pod', () => {
  const own = (name: string) => ({path: at(name), isOwn: true})

  test('a file comes into a directory that is there, or gets the name', async () => {
    put('run.sh', 'text', 0o750)
    mkdirSync(at('data'))
    expect(await copyToPod(at('run.sh'), own('data'), {keepsModes: true})).toEqual({code: 0, said: []})
    expect(await copyToPod(at('run.sh'), own('data/other'), {keepsModes: false})).toEqual({code: 0, said: []})
    expect(tree('data')).toEqual(['other', 'run.sh'])
    expect([statSync(at('data/run.sh')).mode & 0o111, statSync(at('data/other')).mode & 0o111]).toEqual([0o110, 0])
  })

  test('a directory comes with all below it, empty ones and links too', async () => {
    put('src/a/b', 'text')
    mkdirSync(at('src/empty'))
    symlinkSync('a/b', at('src/link'))
    await copyToPod(at('src'), own('new'), {keepsModes: true})
    await copyToPod(at('src'), own('new'), {keepsModes: true})
    expect(tree('new').filter((name) => !name.startsWith('src'))).toEqual(['a', 'a/b', 'empty', 'link'])
    expect(tree('new/src')).toEqual(['a', 'a/b', 'empty', 'link'])
  })

  test('outside of volumes it is told where it went', async () => {
    put('file', '')
    const {said} = await copyToPod(at('file'), {path: at('there'), isOwn: false}, {keepsModes: true})
    expect(said).toEqual([`copied to ${at('there')} of this machine: a pod has no files of its own outside of its volumes`])
  })

  test('a directory that is not there is told as tar tells it', async () => {
    put('file', '')
    expect(await copyToPod(at('file'), own('no/file'), {keepsModes: true})).toEqual({
      code: 2,
      said: [`tar: ${at('no')}: Cannot open: No such file or directory`, 'tar: Error is not recoverable: exiting now', 'command terminated with exit code 2'],
    })
  })

  test('nothing is copied onto itself or into itself', async () => {
    put('dir/file', 'text')
    await expect(copyToPod(at('dir/file'), own('dir'), {keepsModes: true})).rejects.toThrow('is the same file on both sides')
    await expect(copyToPod(at('dir'), own('dir/sub'), {keepsModes: true})).rejects.toThrow('cannot be copied into itself')
    expect(readFileSync(at('dir/file'), 'utf8')).toBe('text')
  })
})

describe('from a pod', () => {
  const options = {shown: '/x', command: 'ADVICE'}

  test('a file gets the name, and the directories around it are made', async () => {
    put('pod/file', 'text', 0o755)
    expect(await copyFromPod({path: at('pod/file'), isOwn: true}, at('a/b/c'), options)).toEqual({code: 0, said: []})
    expect(readFileSync(at('a/b/c'), 'utf8')).toBe('text')
    expect(statSync(at('a/b/c')).mode & 0o111).toBe(0)
  })

  test('what is in a directory comes into the other one; links are left out and told', async () => {
    put('pod/a/b', 'text')
    symlinkSync('/etc', at('pod/l1'))
    symlinkSync('/usr', at('pod/l2'))
    const {code, said} = await copyFromPod({path: at('pod'), isOwn: true}, at('out'), options)
    expect({code, tree: tree('out')}).toEqual({code: 0, tree: ['a', 'a/b']})
    expect(said.toSorted()).toEqual([
      `warning: skipping symlink: "${at('out/l1')}" -> "/etc" (consider using "ADVICE")`,
      `warning: skipping symlink: "${at('out/l2')}" -> "/usr"`,
    ])
  })

  test('what is not there is told as tar tells it, and a file does not become a directory', async () => {
    expect(await copyFromPod({path: at('none'), isOwn: true}, at('x'), options)).toEqual({
      code: 2,
      said: ['tar: /x: Cannot stat: No such file or directory', 'tar: Exiting with failure status due to previous errors', 'command terminated with exit code 2'],
    })
    put('pod/file', '')
    await expect(copyFromPod({path: at('pod/file'), isOwn: true}, root, options)).rejects.toThrow(`open ${root}: is a directory`)
  })
})

describe('a path of a pod', () => {
  const pod = (annotations: Readonly<Record<string, string>> = {}) =>
    ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {name: 'p', annotations},
      spec: {
        containers: [{name: 'c', volumeMounts: [{name: 'data', mountPath: '/data/'}, {name: 'part', mountPath: '/data/part', subPath: 'sub'}, {name: 'host', mountPath: '/host'}, {name: 'none', mountPath: '/none'}]}],
        volumes: [{name: 'data', emptyDir: {}}, {name: 'part', emptyDir: {}}, {name: 'host', hostPath: {path: '/usr/share'}}, {name: 'none', emptyDir: {}}],
      },
    }) as unknown as Pod

  test.each([
    ['/data/x', 'volumes/data/x', true],
    ['/data', 'volumes/data', true],
    ['/data/part/x', 'volumes/part/sub/x', true],
    ['/host/doc', '/usr/share/doc', true],
    ['/none/x', '/none/x', false],
    ['/database/x', '/database/x', false],
    ['/data/../etc/x', '/etc/x', false],
  ])('%s is %s', (text, file, isOwn) => {
    mkdirSync(at('volumes/data'), {recursive: true})
    mkdirSync(at('volumes/part'))
    expect(podPath(text, 'c', {pod: pod(), directory: root})).toEqual({path: path.resolve(root, file), isOwn})
  })

  test('begins at the working directory of the pod where it is relative, else where we are', () => {
    expect(podPath('x', 'c', {pod: pod({'tshift.dev/workdir': '/srv'}), directory: root})).toEqual({path: '/srv/x', isOwn: false})
    expect(podPath('x', 'c', {pod: pod(), directory: root})).toEqual({path: path.resolve('x'), isOwn: false})
  })
})

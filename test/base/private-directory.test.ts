import {mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {afterAll, expect, test} from 'vitest'
import {makePrivateDirectory} from '../../src/base/private-directory.js'

const scratch = mkdtempSync(path.join(tmpdir(), 'tshift-private-'))
afterAll(() => rmSync(scratch, {recursive: true}))
const at = (name: string) => path.join(scratch, name)
const mode = (name: string) => (statSync(at(name)).mode & 0o777).toString(8)

test('what it creates is for the owner only, what is there keeps its mode', () => {
  mkdirSync(at('mine'))
  const before = mode('mine')
  makePrivateDirectory(at('mine/a/b'))
  makePrivateDirectory(at('mine/a/b'))
  expect(['mine', 'mine/a', 'mine/a/b'].map(mode)).toEqual([before, '700', '700'])
})

test.each([
  ['is a file', () => (writeFileSync(at('file'), ''), at('file')), 'EEXIST'],
  ['is below a file', () => at('file/a/b'), 'ENOTDIR'],
  ['is a link to nothing', () => (symlinkSync(at('nowhere/deep'), at('link')), at('link')), 'EEXIST'],
  ['is where nothing can be created, at once and deep', () => '/proc/a/b', 'ENOENT'],
])('a place that %s is refused with the code of the system', (_, place, code) => {
  const directory = place()
  expect(() => makePrivateDirectory(directory)).toThrow(expect.objectContaining({code}))
})

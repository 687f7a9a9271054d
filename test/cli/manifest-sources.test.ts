import {mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs'
import {once} from 'node:events'
import {createServer} from 'node:http'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {buildKustomization} from '../../src/cli/manifests/build-kustomization.js'
import {decodeText} from '../../src/cli/manifests/decode-text.js'
import {expandPattern} from '../../src/cli/manifests/expand-pattern.js'
import {readSources} from '../../src/cli/manifests/manifest-sources.js'
import {UserError} from '../../src/base/user-error.js'

describe('what -f and -k name', () => {
  let root: string
  beforeAll(() => {
    root = mkdtempSync(path.join(tmpdir(), 'tshift-sources-'))
    for (const name of ['a', 'b', 'empty', 'bin']) mkdirSync(path.join(root, name))
    for (const name of ['a/x1.yaml', 'a/x2.yaml', 'b/x1.yaml', 'b/note.txt', 'a/[odd].yaml', 'b/kustomization.yaml']) writeFileSync(path.join(root, name), name)
    writeFileSync(path.join(root, 'bin/kustomize'), '#!/bin/sh\necho "built $1 $(basename "$2")"\n', {mode: 0o755})
  })
  afterAll(() => rmSync(root, {recursive: true, force: true}))

  test.each([
    ['a/x?.yaml', ['a/x1.yaml', 'a/x2.yaml']],
    ['*/x1.yaml', ['a/x1.yaml', 'b/x1.yaml']],
    ['a/x[^1].yaml', ['a/x2.yaml']],
    ['a/[odd].yaml', ['a/[odd].yaml']],
    ['a/\\[odd].yaml', ['a/[odd].yaml']],
    ['missing.yaml', ['missing.yaml']],
  ])('%s', async (pattern, files) => {
    expect(await expandPattern(path.join(root, pattern))).toEqual(files.map((file) => path.join(root, file)))
  })

  test.each([
    ['*.json', /^the path ".*\*\.json" does not exist$/],
    ['[', /^pattern ".*\[" is not valid: syntax error in pattern$/],
    ['a/[z-a]', /is not valid: syntax error in pattern$/],
  ])('%s is refused', async (pattern, message) => {
    await expect(expandPattern(path.join(root, pattern))).rejects.toThrow(message)
  })

  test('a directory without manifests', async () => {
    const directory = path.join(root, 'empty')
    await expect(collect(directory)).rejects.toThrow(`error reading [${directory}]: recognized file extensions are [.json .yaml .yml]`)
  })

  test('a link in a directory that leads nowhere is named', async () => {
    const directory = path.join(root, 'links')
    mkdirSync(directory)
    symlinkSync('nowhere.yaml', path.join(directory, 'x.yaml'))
    await expect(collect(directory)).rejects.toThrow(new UserError(`open ${directory}/x.yaml: no such file or directory`))
  })

  test('a server in trouble is asked again', async () => {
    let asked = 0
    const server = createServer((_, response) => response.writeHead(++asked === 1 ? 503 : 200).end('text'))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const url = `http://127.0.0.1:${(server.address() as {port: number}).port}/x`
    expect(await collect(url)).toEqual([{name: url, text: 'text'}])
    server.close()
  })

  test('kustomize builds a kustomization; without it the refusal says what to do', async () => {
    expect(await buildKustomization(path.join(root, 'b'), {PATH: `${root}/bin:/usr/bin:/bin`})).toBe('built build b\n')
    await expect(buildKustomization(path.join(root, 'b'), {PATH: `${root}/empty`})).rejects.toThrow('neither kustomize nor kubectl is on the PATH')
    await expect(buildKustomization(path.join(root, 'a'), {})).rejects.toThrow(`unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in directory '${root}/a'`)
  })

  async function collect(filename: string) {
    const found = []
    for await (const source of readSources({filenames: [filename], recursive: false, stdin: process.stdin})) found.push(source)
    return found
  }
})

test.each([
  ['UTF-8', Buffer.from('é: 1')],
  ['UTF-8 with a mark', Buffer.from('\ufeffé: 1')],
  ['UTF-16LE', Buffer.from('\ufeffé: 1', 'utf16le')],
  ['UTF-16BE', Buffer.from('\ufeffé: 1', 'utf16le').swap16()],
])('text in %s', (_, bytes) => {
  expect(decodeText(bytes)).toBe('é: 1')
})

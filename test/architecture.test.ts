import {readdirSync, readFileSync} from 'node:fs'
import path from 'node:path'
import {describe, expect, test} from 'vitest'

/** Imports only point downward: a folder may import from folders of a lower level, and from itself. */
const LEVELS: Record<string, number> = {
  base: 0,
  api: 1,
  stats: 1,
  routing: 2,
  analyze: 2.1, // findings of Istio's analyzers
  inspect: 2.1, // a Routing as istioctl and Envoy show it
  tally: 2.1, // reads a Routing
  output: 2.2, // prints what the other pure folders decide
  shift: 2.3, // judges by a tally, shows with output's numbers
  store: 3,
  engine: 3,
  workload: 3,
  probe: 3,
  resources: 4,
  daemon: 5,
  cli: 6,
  commands: 7,
}
const PURE = new Set(['api', 'stats', 'routing', 'analyze', 'inspect', 'tally', 'output', 'shift'])
/** The one file each foreign library may be imported by. */
const LIBRARY_HOMES: Record<string, RegExp> = {
  '@lydell/node-pty': /^workload\/exec\/pty\.ts$/,
  lmdb: /^store\/lmdb\.ts$/,
  koffi: /^engine\/epoll\/libc\.ts$/,
  'fast-json-patch': /^resources\/patch\/json-patch\.ts$/,
  diff: /^cli\/diff\/compare-files\.ts$/,
  yaml: /^api\/manifest\//,
  ora: /^cli\//,
  'cli-table3': /^output\//,
  chalk: /^(cli|output)\//,
  '@oclif/core': /^(cli|commands)\//,
}

const root = path.resolve(import.meta.dirname, '../src')

function sources(dir = root): string[] {
  return readdirSync(dir, {withFileTypes: true}).flatMap((entry) => {
    const full = path.join(dir, entry.name)
    if (entry.isDirectory()) return sources(full)
    return entry.name.endsWith('.ts') ? [full] : []
  })
}

const files = sources().map((full) => ({
  name: path.relative(root, full),
  text: readFileSync(full, 'utf8'),
}))

function imports(text: string): string[] {
  return [...text.matchAll(/(?:from|import|import\()\s*'([^']+)'/g)].map((match) => match[1] ?? '')
}

/** CommonJS libraries with native parts. */
function required(text: string): string[] {
  return [...text.matchAll(/(?:createRequire\(import\.meta\.url\)|require)\('([^']+)'\)/g)].map((match) => match[1] ?? '')
}

const folderOf = (name: string) => name.split('/')[0] ?? ''

describe('architecture', () => {
  test('every folder under src has a level', () => {
    expect([...new Set(files.map(({name}) => folderOf(name)))].filter((folder) => !(folder in LEVELS))).toEqual([])
  })

  test('imports only point downward', () => {
    const wrong = files.flatMap(({name, text}) =>
      imports(text)
        .filter((target) => target.startsWith('.'))
        .map((target) => path.relative(root, path.resolve(root, path.dirname(name), target)))
        .filter((target) => folderOf(target) !== folderOf(name) && (LEVELS[folderOf(target)] ?? 99) >= (LEVELS[folderOf(name)] ?? 0))
        .map((target) => `${name} imports ${target}`),
    )
    expect(wrong).toEqual([])
  })

  test('pure folders touch no files, sockets, processes or clocks', () => {
    const wrong = files
      .filter(({name}) => PURE.has(folderOf(name)))
      .flatMap(({name, text}) => {
        const modules = imports(text).filter((target) => target.startsWith('node:'))
        const globals = ['process.', 'Date.now(', 'Math.random(', 'console.'].filter((word) => text.includes(word))
        return [...modules, ...globals].map((what) => `${name} uses ${what}`)
      })
    expect(wrong).toEqual([])
  })

  test('a foreign library is imported where it lives and nowhere else', () => {
    const wrong = files.flatMap(({name, text}) =>
      [...imports(text), ...required(text)]
        .filter((target) => target in LIBRARY_HOMES && !LIBRARY_HOMES[target]?.test(name))
        .map((target) => `${name} imports ${target}`),
    )
    expect(wrong).toEqual([])
  })

  test('no any, no silenced checks, no barrels', () => {
    const wrong = files.flatMap(({name, text}) => {
      const found = [/(:|<|\bas) any\b/, /@ts-(ignore|expect-error)/, /eslint-disable/].filter((pattern) => pattern.test(text))
      return [...found.map((pattern) => `${name} matches ${pattern}`), ...(name.endsWith('index.ts') && !name.startsWith('commands/') ? [`${name} is a barrel`] : [])]
    })
    expect(wrong).toEqual([])
  })

  test('commands hold nothing but commands', () => {
    const wrong = files.filter(({name, text}) => name.startsWith('commands/') && !/export default class/.test(text)).map(({name}) => name)
    expect(wrong).toEqual([])
  })
})

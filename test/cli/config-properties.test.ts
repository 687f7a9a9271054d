import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import path from 'node:path'
import {afterEach, beforeEach, describe, expect, test, vi} from 'vitest'
import {runInProcess} from '../help/in-process.js'

describe('properties of contexts', () => {
  let home: string
  beforeEach(() => {
    home = mkdtempSync(path.join(tmpdir(), 'tshift-config-'))
    vi.stubEnv('TSHIFT_HOME', home)
  })
  afterEach(() => {
    vi.unstubAllEnvs()
    rmSync(home, {recursive: true, force: true})
  })

  const run = async (line: string) => {
    const {code, stdout, stderr} = await runInProcess(['config', ...line.split(' ').filter((word) => word !== '')])
    return `${stdout}${stderr}${code}`.replaceAll(home, 'HOME')
  }

  test('are set, shown and unset, in the words of kubectl', async () => {
    expect(await run('set contexts.tshift.namespace foo')).toBe('Property "contexts.tshift.namespace" set.\n0')
    expect(await run('set contexts.new.namespace bar')).toBe('Property "contexts.new.namespace" set.\n0')
    expect(await run('set current-context new')).toBe('Property "current-context" set.\n0')
    expect(await run('get-contexts')).toBe(
      ['CURRENT   NAME     CLUSTER   AUTHINFO   NAMESPACE', '*         new      tshift    tshift     bar', '          tshift   tshift    tshift     foo', '0'].join('\n'),
    )
    expect(await run('unset contexts.tshift.namespace')).toBe('Property "contexts.tshift.namespace" unset.\n0')
    expect(await run('unset contexts.new')).toBe('Property "contexts.new" unset.\n0')
    expect(await run('unset contexts.new')).toBe('Property "contexts.new" unset.\n0')
    expect(await run('unset current-context')).toBe('Property "current-context" unset.\n0')
    expect(await run('get-contexts')).toBe('CURRENT   NAME     CLUSTER   AUTHINFO   NAMESPACE\n          tshift   tshift    tshift     \n0')
  })

  test('a context is renamed, and stays the current one', async () => {
    expect(await run('set-context b --namespace=x')).toBe('Context "b" created.\n0')
    expect(await run('use-context b')).toBe('Switched to context "b".\n0')
    expect(await run('rename-context b c')).toBe('Context "b" renamed to "c".\n0')
    expect(await run('current-context')).toBe('c\n0')
    expect(await run('rename-context b c')).toBe('error: cannot rename the context "b", it\'s not in HOME/contexts.json\n1')
    expect(await run('rename-context c tshift')).toBe('error: cannot rename the context "c", the context "tshift" already exists in HOME/contexts.json\n1')
  })

  test.each([
    ['set nope.b x', 'error: unable to parse nope.b after [] at api.Config\n1'],
    ['set contexts.b x', "error: can't set a map to a value\n1"],
    ['set clusters.c.server x', 'error: clusters of a kubeconfig cannot be changed: there is one cluster, the state in TSHIFT_HOME\nanother TSHIFT_HOME is another cluster\n1'],
    ['set contexts.b.user x', 'error: the user of a context cannot be changed: there is one cluster, the state in TSHIFT_HOME\nanother TSHIFT_HOME is another cluster\n1'],
    ['unset nope', 'error: unable to parse nope after [] at api.Config\n1'],
    ['frob', 'error: unknown command "frob"\nSee \'tshift config -h\' for help and examples\n1'],
  ])('config %s is refused', async (line, answer) => {
    expect(await run(line)).toBe(answer)
  })

  test.each([
    ['set a', '[a]'],
    ['unset', '[]'],
    ['rename-context x', '[x]'],
    ['use-context', '[]'],
    ['use-context a b', '[a b]'],
    ['set-context a b', '[a b]'],
  ])('config %s is refused below its help', async (line, words) => {
    expect(await run(line)).toBe(`error: Unexpected args: ${words}\n1`)
  })

  test.each([
    ['get-contexts x y', 'CURRENT   NAME   CLUSTER   AUTHINFO   NAMESPACE\ncontext x not found\ncontext y not found\n1'],
    ['get-contexts tshift x -o name', 'tshift\nerror: context x not found\n1'],
    ['get-contexts -o yaml', 'error: --output yaml is not available in tshift config get-contexts; resetting to default output format\n1'],
  ])('config %s', async (line, answer) => {
    expect(await run(line)).toBe(answer)
  })
})

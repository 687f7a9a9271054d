import {Flags} from '@oclif/core'
import {expect, test} from 'vitest'
import {normalizeArgv} from '../../src/cli/argv.js'
import {withoutConnection} from '../../src/cli/connection-flags.js'
import {lastOfEach} from '../../src/cli/last-of-each.js'

const none = new Set<string>()

test.each([
  [['get', 'pods', '--request-timeout=5s', '--kubeconfig', '/k', '-o', 'name'], ['get', 'pods', '-o', 'name']],
  [['get', '-v=6', '--v', '8', '-v', '3', '-s', 'https://x', 'pods'], ['get', 'pods']],
  [['get', '--insecure-skip-tls-verify', '--warnings-as-errors=true', 'pods', '--as=me'], ['get', 'pods']],
  [['exec', 'p', '--token=t', '--', 'ls', '--token=t', '-v'], ['exec', 'p', '--', 'ls', '--token=t', '-v']],
  [['get', 'pods', '--as'], ['get', 'pods', '--as']],
])('how to reach the cluster is no matter: %j', (words, expected) => {
  expect(withoutConnection(words, none)).toEqual({words: expected})
})

test('the context is told, the last of several', () => {
  expect(withoutConnection(['get', '--context', 'a', 'pods', '--context=b'], none)).toEqual({words: ['get', 'pods'], context: 'b'})
})

test('a flag the command has itself stays', () => {
  expect(withoutConnection(['x', '--user=u', '-v', '1'], new Set(['user', 'v']))).toEqual({words: ['x', '--user=u', '-v', '1']})
})

const flags = {
  namespace: Flags.string({char: 'n'}),
  filename: Flags.string({char: 'f', multiple: true}),
  all: Flags.boolean({char: 'A'}),
}

test.each([
  [['pods', '-n', 'a', '-n', 'b'], ['pods', '-n', 'b']],
  [['-na', '--namespace=b', 'pods', '--namespace', 'c'], ['pods', '--namespace', 'c']],
  [['-f', 'x', '-f', 'y', '-A', '-A'], ['-f', 'x', '-f', 'y', '-A', '-A']],
  [['p', '-n', 'a', '--', 'nc', '-n', '-n'], ['p', '-n', 'a', '--', 'nc', '-n', '-n']],
  [['-n', 'a', '-n'], ['-n']],
])('the last of a flag wins: %j', (words, expected) => {
  expect(lastOfEach(words, flags)).toEqual(expected)
})

test('they may stand before the verb', () => {
  expect(normalizeArgv(['--context', 'a', '--disable-compression', '--kubeconfig=k', 'get', 'pods'])).toEqual([
    ...['get', 'pods', '--context', 'a', '--disable-compression', '--kubeconfig=k'],
  ])
})

import {readdirSync} from 'node:fs'
import path from 'node:path'
import {describe, expect, test} from 'vitest'
import {FACES, isKubectlVerb} from '../../src/cli/faces.js'
import {failureOf} from '../../src/cli/failure.js'
import {unknownCommandText, untilUnknown} from '../../src/cli/unknown-command.js'
import {usageExitCode} from '../../src/cli/usage-failure.js'

/** As oclif throws them. */
function usageError(message: string, more: object = {}): Error {
  return Object.assign(new Error(`${message}\nSee more help with --help`), {oclif: {exit: 2}, ...more})
}

describe('a command line that makes no sense', () => {
  test.each([
    ['unknown flag', usageError('Nonexistent flag: --nope', {flags: ['--nope']}), ['--nope'], "error: unknown flag: --nope\nSee 'tshift get --help' for usage."],
    ['unknown flag with a value', usageError('Nonexistent flag: --nope=1', {flags: ['--nope=1']}), ['--nope=1'], "error: unknown flag: --nope\nSee 'tshift get --help' for usage."],
    ['unknown short flag', usageError('Nonexistent flag: -zv', {flags: ['-zv']}), ['-zv'], "error: unknown shorthand flag: 'z' in -zv\nSee 'tshift get --help' for usage."],
    ['no value', usageError('Flag --output expects a value'), ['--output'], "error: flag needs an argument: --output\nSee 'tshift get --help' for usage."],
    ['no value for a short flag', usageError('Flag --output expects a value'), ['-o'], "error: flag needs an argument: 'o' in -o\nSee 'tshift get --help' for usage."],
    [
      'no number',
      usageError('Parsing --chunk-size \n\tExpected an integer but received: x'),
      ['--chunk-size=x'],
      `error: invalid argument "x" for "--chunk-size" flag: strconv.ParseInt: parsing "x": invalid syntax\nSee 'tshift get --help' for usage.`,
    ],
    ['a flag that has to be there', usageError('The following error occurred:\n  Missing required flag replicas'), [], 'error: required flag(s) "replicas" not set'],
    ['too much', usageError('Unexpected arguments: b, c', {args: ['b', 'c']}), ['a', 'b', 'c'], "error: unexpected arguments: [b c]\nSee 'tshift get -h' for help and examples"],
  ])('%s', (_, error, argv, text) => {
    expect(failureOf(error, {id: 'get', argv})).toEqual({text, exitCode: 1})
  })

  test('kubectl’s verbs end with 1, diff with 2, tshift’s own with 2', () => {
    expect(['get', 'config:view', 'create:secret:tls', 'diff', 'probe', 'gateway:start', 'analyze'].map((id) => usageExitCode({id, argv: []}))).toEqual([1, 1, 1, 2, 2, 2, 2])
  })
})

describe('a command there is not', () => {
  const names = ['get', 'set', 'top', 'describe', 'gateway']

  test.each([
    ['gett', 'error: unknown command "gett" for "tshift"\n\nDid you mean this?\n\tset\n\tget'],
    ['desc', 'error: unknown command "desc" for "tshift"\n\nDid you mean this?\n\tdescribe'],
    ['nonsense', 'error: unknown command "nonsense" for "tshift"'],
    ['gateway:foo', `error: unknown command "foo"\nSee 'tshift gateway -h' for help and examples`],
    ['--nope', "error: unknown flag: --nope\nSee 'tshift --help' for usage."],
    ['-z', "error: unknown shorthand flag: 'z' in -z\nSee 'tshift --help' for usage."],
  ])('%s', (id, text) => {
    expect(unknownCommandText(id, names)).toBe(text)
  })

  test.each([
    ['pc:nope:name.ns', 'pc:nope'],
    ['nope:pc', 'nope'],
    ['pc', 'pc'],
    ['create:secret:foo:bar', 'create:secret:foo'],
  ])('of %s the first word that leads nowhere is the unknown one: %s', (id, known) => {
    expect(untilUnknown(id, ['pc:listener', 'create', 'create:secret', 'create:secret:tls'])).toBe(known)
  })
})

test('help shows every command under one face', () => {
  const commands = readdirSync(path.join(import.meta.dirname, '../../src/commands')).map((name) => name.replace(/\.ts$/, ''))
  const listed = FACES.flatMap(({names}) => names)
  expect(commands.filter((name) => !listed.includes(name) && !name.startsWith('__'))).toEqual([]) // those that only shells call are hidden
  expect(listed).toEqual([...new Set(listed)])
  expect(isKubectlVerb('rollout:undo')).toBe(true)
})

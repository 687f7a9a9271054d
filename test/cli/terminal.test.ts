import {PassThrough} from 'node:stream'
import {describe, expect, test} from 'vitest'
import {terminalColors} from '../../src/cli/colors.js'
import {untilInterrupted} from '../../src/cli/until-interrupted.js'
import {endWhereUnwritable} from '../../src/cli/unwritable.js'

const terminal = (bits: number) => ({isTTY: true, getColorDepth: () => bits})

describe('colours', () => {
  test('take lines one by one, as many as there are', () => {
    expect(['a', 'b'].map(terminalColors(terminal(4), {}).good)).toEqual(['\x1b[32ma\x1b[39m', '\x1b[32mb\x1b[39m'])
  })

  test.each([
    ['NO_COLOR is set', terminal(24), {NO_COLOR: '1'}],
    ['the terminal has none', terminal(1), {}],
    ['it is no terminal', {...terminal(24), isTTY: false}, {}],
  ])('there are none where %s', (_, stream, env) => {
    expect(terminalColors(stream, env).bad('a')).toBe('a')
  })
})

describe('the first signal', () => {
  test('is still listened to while others see it, so that nobody ends the process, and no longer after that', async () => {
    const signal = untilInterrupted(['SIGUSR2'])
    let seen = 0
    process.once('SIGUSR2', () => {
      seen = process.listenerCount('SIGUSR2')
    })
    process.emit('SIGUSR2', 'SIGUSR2')
    expect([signal.aborted, seen]).toEqual([true, 1])
    await new Promise(setImmediate)
    expect(process.listenerCount('SIGUSR2')).toBe(0)
  })
})

test.each([
  ['a full disk ends the command with a sentence', 'ENOSPC', ['error: write /dev/stdout: no space left on device\n', 1]],
  ['a reader who has gone is none of that', 'EPIPE', []],
] as const)('%s', (_, code, expected) => {
  const stream = new PassThrough()
  const said: unknown[] = []
  stream.on('error', () => undefined)
  endWhereUnwritable(stream, (text) => said.push(text), (status) => said.push(status))
  stream.emit('error', Object.assign(new Error(`${code}: no space left on device, write`), {code}))
  expect(said).toEqual(expected)
})

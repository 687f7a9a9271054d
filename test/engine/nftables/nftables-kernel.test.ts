import {execFile} from 'node:child_process'
import {readdirSync, readFileSync} from 'node:fs'
import path from 'node:path'
import {expect, test} from 'vitest'
import {kernelTestsObstacle} from './kernel-tests-obstacle.js'

const ROOT = path.resolve(import.meta.dirname, '../../..')
const VITEST = path.join(ROOT, 'node_modules/vitest/vitest.mjs')
const PATIENCE_MS = 600_000

const obstacle = await kernelTestsObstacle()
const skipped = obstacle === undefined ? '' : ` (skipped: ${obstacle})`

/** Whatever rules these tests make end with their network namespace, one for each file, and nobody else is under them. */
test.skipIf(obstacle !== undefined).concurrent.each([
  ['the nftables engine keeps the contract of every engine', 'test/engine/nftables/nftables-engine.netns.ts'],
  ['the nftables engine is alone with its table', 'test/engine/nftables/nftables-kernel.netns.ts'],
  ['a gateway leaves no rules behind', 'test/cli/gateway-nftables.netns.ts'],
])(`in a network namespace of its own, %s${skipped}`, async (_, file) => {
  const script = 'ip link set lo up && exec "$@"'
  const command = [process.execPath, VITEST, 'run', '--config', 'test/vitest.netns.config.ts', file]
  expect(await run('unshare', ['--net', 'sh', '-c', script, 'sh', ...command])).toEqual({error: undefined, said: ''})
}, PATIENCE_MS)

test('each of these files is run', () => {
  const files = readdirSync(path.join(ROOT, 'test'), {recursive: true, encoding: 'utf8'}).filter((file) => file.endsWith('.netns.ts'))
  const own = readFileSync(import.meta.filename, 'utf8')
  expect(files.filter((file) => !own.includes(`'test/${file}'`))).toEqual([])
})

/** What it said counts only where it failed. */
function run(program: string, args: readonly string[]): Promise<{readonly error: string | undefined; readonly said: string}> {
  return new Promise((resolve) => {
    execFile(program, args, {cwd: ROOT, env: {...process.env, NO_COLOR: '1'}, timeout: PATIENCE_MS}, (error, stdout, stderr) =>
      resolve(error === null ? {error: undefined, said: ''} : {error: error.message, said: `${stdout}${stderr}`}),
    )
  })
}

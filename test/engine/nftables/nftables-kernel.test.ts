import {execFile} from 'node:child_process'
import path from 'node:path'
import {expect, test} from 'vitest'
import {kernelTestsObstacle} from './kernel-tests-obstacle.js'

const ROOT = path.resolve(import.meta.dirname, '../../..')
const VITEST = path.join(ROOT, 'node_modules/vitest/vitest.mjs')
const PATIENCE_MS = 600_000

const obstacle = await kernelTestsObstacle()
const skipped = obstacle === undefined ? '' : ` (skipped: ${obstacle})`

/** Whatever rules these tests make end with their network namespace, and nobody else is under them. */
test.skipIf(obstacle !== undefined)(`in a network namespace of its own, the nftables engine keeps the contract of every engine${skipped}`, async () => {
  const script = 'ip link set lo up && exec "$@"'
  const command = [process.execPath, VITEST, 'run', '--config', 'test/vitest.netns.config.ts']
  expect(await run('unshare', ['--net', 'sh', '-c', script, 'sh', ...command])).toEqual({error: undefined, said: ''})
}, PATIENCE_MS)

/** What it said counts only where it failed. */
function run(program: string, args: readonly string[]): Promise<{readonly error: string | undefined; readonly said: string}> {
  return new Promise((resolve) => {
    execFile(program, args, {cwd: ROOT, env: {...process.env, NO_COLOR: '1'}, timeout: PATIENCE_MS}, (error, stdout, stderr) =>
      resolve(error === null ? {error: undefined, said: ''} : {error: error.message, said: `${stdout}${stderr}`}),
    )
  })
}

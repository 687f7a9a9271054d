import {expect, test} from 'vitest'
import {runTool, ToolError} from '../../../src/engine/nftables/run-tool.js'

const node = (script: string, limits: Parameters<typeof runTool>[2] = {}) => runTool(process.execPath, ['-e', script], limits)
const said = (running: Promise<string>) => running.then((output) => `it printed ${output}`, (error: unknown) => (error instanceof ToolError ? error.said : error))

test('a tool is given its input, and what it prints is returned', async () => {
  expect(await node('process.stdin.pipe(process.stdout)', {input: 'rules'})).toBe('rules')
})

test.each([
  ['one that is not there', () => runTool('tshift-no-such-tool', []), 'is not installed'],
  ['one that refuses, in its own words', () => node('console.error("no\\nsuch\\nrule\\nat all"); process.exitCode = 1'), 'no; such; rule'],
  ['one that says nothing', () => node('process.exitCode = 3'), 'ended with 3'],
  ['one that is killed', () => node('process.kill(process.pid, "SIGKILL")'), 'ended with SIGKILL'],
  ['one that hangs', () => node('setInterval(() => 0, 1000)', {patienceMs: 100}), 'has not ended in 0.1 s'],
  ['one that prints without end', () => node('process.stdout.on("error", () => 0); setInterval(() => console.log("x".repeat(999)), 0)', {mostBytes: 5000}), 'has printed more than 5000 bytes'],
])('of a tool is told what was the matter: %s', async (_, run, expected) => {
  expect(await said(run())).toBe(expected)
})

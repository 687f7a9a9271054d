import {readFileSync} from 'node:fs'
import path from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {createSandbox, type Sandbox} from './help/sandbox.js'
import {contextOf} from './output/report-samples.js'

const root = path.resolve(import.meta.dirname, '..')
const readme = readFileSync(path.join(root, 'README.md'), 'utf8')

interface Step {
  readonly command: string
  readonly output: string
}

/** The commands of the README's transcript, each with what is printed below it. */
function transcript(): readonly Step[] {
  const [, block = ''] = /```console\n([^]*?)```/.exec(readme) ?? []
  return block
    .split(/^\$ /m)
    .slice(1)
    .map((text) => ({command: text.slice(0, text.indexOf('\n')), output: text.slice(text.indexOf('\n') + 1)}))
}

/** What differs from run to run: pids, name suffixes, ages, and whatever chance decides. */
function mask(text: string): string {
  return text
    .replace(/pid \d+/g, 'pid N')
    .replace(/-[a-z0-9]{8,10}-[a-z0-9]{5}\b/g, '-HASH')
    .replace(/\d+s\n/g, 'Ns\n')
    .replace(/[█▏▎▍▌▋▊▉│·]+.*$/gm, 'BAR')
    .replace(/\d+(\.\d+)?%?–\d+(\.\d+)?%/g, 'INTERVAL')
    .replace(/\b\d+\.\d+%/g, 'SHARE')
    .replace(/(p = |≥ |≤ )[\d.]+%?/g, '$1P')
    .replace(/(80|20)%  +\d+/g, '$1%  GOT')
    .replace(/^⚠ order.*\n( {2}.*\n)*/gm, '')
    .replace(/\s+/g, ' ')
}

describe('README', () => {
  let box: Sandbox
  beforeAll(() => {
    box = createSandbox()
  })
  afterAll(() => box.close())

  test.each(transcript())('$ $command', async ({command, output}) => {
    const line = command.replace('gateway start', 'gateway start --bind $BIND').replace('tshift tally', 'tshift tally --alpha 1e-6')
    expect(mask(await box.ok(line, {cwd: root}))).toBe(mask(output))
  })

  test('the table of the JSON report names every field there is', () => {
    const [, table = ''] = /\| field \| \|\n\|---\|---\|\n([^]*?)\n\n/.exec(readme) ?? []
    const fields = table.split('\n').flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map(([, name]) => name))
    expect(fields.sort()).toEqual(Object.keys(contextOf('PASS').report).sort())
  })

  test('both commands are scripts of package.json', () => {
    const {scripts} = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {scripts: Record<string, string>}
    expect(readme).toContain('npm run quickstart')
    expect(readme).toContain('npm test')
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(['quickstart', 'test']))
  })
})

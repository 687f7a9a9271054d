import {readdirSync, readFileSync} from 'node:fs'
import path from 'node:path'
import {expect, test} from 'vitest'
import {FACES} from '../../src/cli/faces.js'

const root = path.join(import.meta.dirname, '../../src')
const verbs = FACES.flatMap(({names}) => names).join('|')
const COMMENT = /^\s*(\/\*|\*|\/\/).*$|\/\/ .*$/

/** istioctl's words. */
const ISTIOCTL = 'analyze/messages.ts'

/** Lines whose texts name a command of kubectl, without comments and what help says of the other program. */
function namingKubectl(file: string): readonly string[] {
  const lines = readFileSync(path.join(root, file), 'utf8').split('\n')
  const command = new RegExp(`\\bkubectl (${verbs}|<)\\b`)
  return lines.filter((line) => command.test(line.replace(COMMENT, '')) && !line.includes('layout is that of kubectl')).map((line) => `${file}: ${line.trim()}`)
}

test('what people are told to type begins with tshift', () => {
  const files = readdirSync(root, {recursive: true, encoding: 'utf8'}).filter((file) => file.endsWith('.ts') && file !== ISTIOCTL)
  expect(files.flatMap(namingKubectl)).toEqual([])
})

test('the one place that may say otherwise is still there', () => {
  expect(namingKubectl(ISTIOCTL)).toHaveLength(2)
})

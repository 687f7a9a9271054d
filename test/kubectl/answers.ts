import {readFileSync} from 'node:fs'
import path from 'node:path'
import type {Captured} from './captured-commands.js'

const PLACE = 'a file that cannot be read is told of with its line and column'

/** Answers that differ here, with the reason why they may. */
export const ANSWERS_DIFFERENT: Readonly<Record<string, string>> = {
  'tshift delete -f . -R --dry-run=client': PLACE,
  [`tshift patch -f services.yaml --local --type=json -p '[{"op"'`]: "the YAML parser's own words for what it did not find",
  "tshift explain 'pods..'": 'the stand-in has no schemas to explain',
}

/** Reads `answers.txt`: `$ command`, what kubectl printed to stdout and then to stderr, `[exit N]` where N is not 0. */
export function answers(): readonly Captured[] {
  const text = readFileSync(path.join(import.meta.dirname, 'answers.txt'), 'utf8')
  return text
    .split(/^\$ /m)
    .slice(1)
    .map((block) => {
      const end = block.indexOf('\n')
      const [, output = '', exit] = /^([^]*?)(?:\[exit (\d+)\]\n)?\n*$/.exec(block.slice(end + 1)) ?? []
      return {command: block.slice(0, end).replace(/^kubectl/, 'tshift'), output, exitCode: Number(exit ?? 0)}
    })
}

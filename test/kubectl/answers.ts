import {readFileSync} from 'node:fs'
import path from 'node:path'
import type {Captured} from './captured-commands.js'

const NOT_HERE = 'there is one node, this machine: the verb says so, whatever it is given'
const NO_STRUCT = 'kubectl names the line of its own source where it registers the kinds it has structs for'
const SEVERAL = 'each object that a patch does not fit is refused with `error: `'
const PENDING = 'that the pod does not run is said before its ports are looked at'

/** Answers that differ here, with the reason why they may. */
export const ANSWERS_DIFFERENT: Readonly<Record<string, string>> = {
  'tshift delete -f . -R --dry-run=client': 'a file that cannot be read is told of with its line and column',
  'tshift delete deploy tcp-echo-v1 tcp-echo-v2 nope --dry-run=client': 'what would be deleted is looked up: kubectl says of what is not there that it was',
  'tshift delete deploy nope --ignore-not-found': 'that there is nothing to delete is said',
  'tshift expose vs tcp-echo --port=80': NO_STRUCT,
  'tshift logs vs/tcp-echo': NO_STRUCT,
  'tshift exec vs/tcp-echo -- ls': NO_STRUCT,
  'tshift port-forward vs/tcp-echo 80': NO_STRUCT,
  'tshift port-forward svc/tcp-echo 80': PENDING,
  'tshift port-forward deploy/tcp-echo-v1 x': PENDING,
  'tshift taint': NOT_HERE,
  'tshift taint nodes': NOT_HERE,
  'tshift cordon': NOT_HERE,
  'tshift drain': NOT_HERE,
  'tshift uncordon nope': NOT_HERE,
  [`tshift patch -f services.yaml --local -p '{"spec":'`]: SEVERAL,
  [`tshift patch -f services.yaml --local --type=merge -p '{"spec":'`]: SEVERAL,
  [`tshift patch -f services.yaml --local --type=json -p '{"spec":'`]: SEVERAL,
  [`tshift patch -f services.yaml --local --type=json -p '[{"op"'`]: "the YAML parser's own words for what it did not find",
  'tshift set image -f services.yaml --local nope=b -o name': 'kubectl tells of kinds without pods after all the others',
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

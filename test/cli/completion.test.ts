import {spawnSync} from 'node:child_process'
import {describe, expect, test} from 'vitest'
import {podType} from '../../src/api/kinds/pod.js'
import {knownTypes} from '../../src/api/registry.js'
import {complete, type Lookups} from '../../src/cli/completion/candidates.js'
import type {KnownCommand, KnownFlag} from '../../src/cli/completion/command-line.js'
import {completionScript} from '../../src/cli/completion/scripts.js'

const option = (name: string, more: Partial<KnownFlag> = {}): KnownFlag => ({name, type: 'option', ...more})
const command = (id: string, flags: readonly KnownFlag[] = []): KnownCommand => ({id, aliases: [], summary: `does ${id}`, hidden: id.startsWith('__'), flags})
const namespace = option('namespace', {char: 'n'})
const COMMANDS = [
  command('__complete'),
  command('get', [namespace, option('output', {char: 'o', description: 'format'}), option('no-headers', {type: 'boolean'}), option('hidden', {hidden: true})]),
  command('logs', [namespace, option('container', {char: 'c'})]),
  command('apply', [option('filename', {char: 'f'}), option('dry-run')]),
  command('config:use-context'),
  command('create'),
  command('create:secret:tls'),
  command('create:secret:generic'),
  command('rollout:restart', [namespace]),
  command('validate', [option('level', {options: ['low', 'high']})]),
]

const LOOKUPS: Lookups = {
  types: () => Promise.resolve(knownTypes),
  names: (type, from) => Promise.resolve(type === podType ? (from === 'other' ? ['far'] : ['echo-a', 'echo-b', 'sleep']) : [`a-${type.singular}`]),
  containers: (pod) => Promise.resolve([`${pod}-1`, 'istio-proxy']),
  contexts: () => ['tshift', 'demo'],
}

const NO_FILES = 4
const FILES = 0

test.each([
  ['g', ['get'], NO_FILES],
  ['config ', ['use-context'], NO_FILES],
  ['create ', ['secret'], NO_FILES],
  ['create secret ', ['generic', 'tls'], NO_FILES],
  ['get po', ['pods', 'podtemplates', 'poddisruptionbudgets.policy'], NO_FILES],
  ['get deploy', ['deployments.apps'], NO_FILES],
  ['get svc,virtuals', ['svc,virtualservices.networking.istio.io'], NO_FILES],
  ['get pods e', ['echo-a', 'echo-b'], NO_FILES],
  ['get pods echo-a e', ['echo-b'], NO_FILES],
  ['get pods -n other ', ['far'], NO_FILES],
  ['get --namespace=other po ', ['far'], NO_FILES],
  ['get pod/s', ['pod/sleep'], NO_FILES],
  ['get pod/sleep ', [], NO_FILES],
  ['get --n', ['--namespace', '--no-headers'], NO_FILES],
  ['get -o k', ['kyaml'], NO_FILES],
  ['get --output=n', ['name'], NO_FILES],
  ['get -n ', ['a-namespace'], NO_FILES],
  ['get --no-headers --no', [], NO_FILES],
  ['logs ', ['echo-a', 'echo-b', 'sleep'], NO_FILES],
  ['logs deploy/', ['deploy/a-deployment'], NO_FILES],
  ['logs sleep -c ', ['sleep-1', 'istio-proxy'], NO_FILES],
  ['apply -f ', [], FILES],
  ['apply --dry-run ', ['none', 'client', 'server'], NO_FILES],
  ['config use-context d', ['demo'], NO_FILES],
  ['rollout restart ', ['deployments.apps', 'daemonsets.apps', 'statefulsets.apps'], NO_FILES],
  ['validate --level h', ['high'], NO_FILES],
  ['logs sleep -- ', [], FILES],
  ['-n ', ['a-namespace'], NO_FILES],
  ['-n other g', ['get'], NO_FILES],
  ['-n other get pods ', ['far'], NO_FILES],
  ['nothing ', [], NO_FILES],
])('tshift %s', async (line, texts, directive) => {
  const {candidates, ...rest} = await complete(line.split(' '), COMMANDS, LOOKUPS)
  expect([candidates.map(({text}) => text).sort(), rest.directive]).toEqual([[...texts].sort(), directive])
})

test('candidates are described', async () => {
  expect((await complete(['g'], COMMANDS, LOOKUPS)).candidates).toEqual([{text: 'get', description: 'does get'}])
})

describe('in bash', () => {
  /** What the real bash offers for a line, where `__complete` answers with what is given. */
  function offered(line: string, answer: string): string[] {
    const script = `${completionScript('bash', 'tshift')}
      tshift() { printf '%s' "$ANSWER"; printf '%s\\n' "$@" >&3; }
      exec 3>/dev/null
      COMP_WORDBREAKS=$' \\t\\n"\\'><=;|&(:'
      COMP_LINE="$LINE" COMP_POINT=\${#LINE} __tshift_complete
      printf '%s\\n' "\${COMPREPLY[@]}"`
    const {stdout} = spawnSync('bash', ['-c', script], {env: {...process.env, LINE: line, ANSWER: answer}, encoding: 'utf8'})
    return stdout.split('\n').filter((text) => text !== '')
  }

  test.each([
    ['tshift get po', 'pods\tsome\npodtemplates\nservices\n:4\n', ['pods', 'podtemplates']],
    ['tshift get pods ', 'a\nb\n:4\n', ['a', 'b']],
    ['tshift get --output=y', 'yaml\n:4\n', ['yaml']],
    ['tshift use-context a:b', 'a:b1\na:b2\n:4\n', ['b1', 'b2']],
    ['tshift get nothing', ':4\n', []],
  ])('%j', (line, answer, texts) => {
    expect(offered(line, answer)).toEqual(texts)
  })
})

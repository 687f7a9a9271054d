import {spawnSync} from 'node:child_process'
import {writeFileSync} from 'node:fs'
import path from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {createSandbox, type Sandbox} from '../help/sandbox.js'

const has = (shell: string) => spawnSync(shell, ['-c', 'exit']).status === 0

let box: Sandbox
beforeAll(async () => {
  box = createSandbox()
  await box.ok('tshift create ns demo; tshift create cm first -n demo; tshift create cm second -n demo')
})
afterAll(() => box.close())

describe.skipIf(!has('fish'))('in fish (skipped where it is not installed)', () => {
  test.each([
    ['tshift rollout un', ['undo\tGo back to an earlier revision of a Deployment, StatefulSet or DaemonSet.']],
    ['tshift get configm', ['configmaps']],
    ['tshift get cm -n demo ', ['first', 'second']],
    ['tshift get cm --namespace=dem', ['--namespace=demo']],
    ['tshift -n dem', ['demo']],
  ])('%s', async (line, offered) => {
    const text = await box.ok(`tshift completion fish | fish -c "source -; complete -C '${line}'"`, {env: {HOME: box.directory}})
    expect(text.trim().split('\n')).toEqual(offered)
  })
})

/** Types a line and a tab into an interactive zsh and prints what it shows up to a text. */
const TYPIST = String.raw`
zmodload zsh/zpty
zpty shell "zsh -i"
zpty -w shell "PS1='> '; echo re''ady"
zpty -r -m shell shown '*ready*'
zpty -w -n shell "$1"$'\t'
zpty -r -m shell shown "*$2*"
print -rn -- "$shown"
zpty -d shell
`

describe.skipIf(!has('zsh'))('in zsh (skipped where it is not installed)', () => {
  test.each([
    ['tshift rollout un', 'undo '],
    ['tshift get cm -n demo sec', 'second '],
    ['tshift get cm --namespace=dem', '--namespace=demo '],
  ])('%s', async (line, completed) => {
    writeFileSync(path.join(box.directory, '.zshrc'), 'autoload -Uz compinit; compinit -u\nsource <(tshift completion zsh)\nLISTMAX=1000\n')
    writeFileSync(path.join(box.directory, 'type.zsh'), TYPIST)
    const shown = await box.ok(`zsh '${box.directory}/type.zsh' '${line}' '${completed}'`, {env: {HOME: box.directory, ZDOTDIR: box.directory, TERM: 'dumb', COLUMNS: '120'}})
    expect(shown).toContain(completed)
  })
})

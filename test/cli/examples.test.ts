import {readFileSync} from 'node:fs'
import path from 'node:path'
import {expect, test} from 'vitest'

interface Command {
  readonly id: string
  readonly aliases: readonly string[]
  readonly examples?: readonly string[]
  /** None where all words are taken, only to say why the command is not here. */
  readonly flags: Readonly<Record<string, {readonly char?: string; readonly aliases?: readonly string[]; readonly charAliases?: readonly string[]; readonly type: string}>>
}

const manifest = JSON.parse(readFileSync(path.resolve(import.meta.dirname, '../../oclif.manifest.json'), 'utf8')) as {commands: Record<string, Command>}
const commands = Object.values(manifest.commands)
const byId = new Map(commands.flatMap((command) => [command.id, ...command.aliases].map((id) => [id, command] as const)))

/** The words after each `tshift` of a line of bash, as they stand there. */
function calls(line: string): readonly (readonly string[])[] {
  const words = line.replaceAll('"$(', '(').replaceAll(')"', ')').match(/(?:[^\s'"|;()<>&]|'[^']*'|"[^"]*")+|[|;()<>&]/g) ?? []
  return words.flatMap((word, at) => {
    const before = words[at - 1]
    if (word !== 'tshift' || (before !== undefined && !/^[|;()<>&]$|^[A-Z_]+=/.test(before))) return []
    const rest = words.slice(at + 1)
    const end = rest.findIndex((one) => /^[|;()<>&]$/.test(one))
    return [end < 0 ? rest : rest.slice(0, end)]
  })
}

/** The command that a call is of, by as many of its first words as name one. */
function commandOf(call: readonly string[]): Command | undefined {
  for (let length = Math.min(3, call.length); length > 0; length--) {
    const command = byId.get(call.slice(0, length).join(':'))
    if (command !== undefined) return command
  }
  return undefined
}

/** Flags in a call that its command has not: of letters written together the first has to be one of its own. */
function unknownFlags(call: readonly string[], {flags}: Command): readonly string[] {
  const end = call.indexOf('--')
  const names = new Set(['help', ...Object.entries(flags).flatMap(([name, {aliases = []}]) => [name, ...aliases])])
  const letters = new Set(['h', ...Object.values(flags).flatMap(({char = '', charAliases = []}) => [char, ...charAliases])])
  return call.slice(0, end < 0 ? call.length : end).filter((word) => {
    const [, name, letter] = /^(?:--([a-z0-9-]+)|-([A-Za-z]))/.exec(word) ?? []
    return (name !== undefined && !names.has(name)) || (letter !== undefined && !letters.has(letter))
  })
}

test('every command has examples, each of a command there is, with flags that it has', () => {
  const problems = commands.flatMap(({id, examples = []}) => {
    const lines = examples.map((text) => text.replaceAll('<%= config.bin %>', 'tshift').replaceAll('<%= command.id %>', id.replaceAll(':', ' ')))
    const wrong = lines.flatMap((line) => {
      const found = calls(line)
      if (found.length === 0) return [`${line}: is of no command`]
      return found.flatMap((call) => {
        const command = commandOf(call)
        if (command === undefined) return [`${line}: there is no such command`]
        if (Object.keys(command.flags).length === 0) return []
        return unknownFlags(call, command).map((flag) => `${line}: ${command.id} has no ${flag}`)
      })
    })
    return lines.length === 0 ? [`${id}: no examples`] : wrong
  })
  expect(problems).toEqual([])
})

import {splitAtVerb} from '../command-line/argv.js'

/** A flag as the command's manifest has it. */
export interface KnownFlag {
  readonly name: string
  readonly char?: string | undefined
  readonly type: 'boolean' | 'option'
  readonly description?: string | undefined
  readonly options?: readonly string[] | undefined
  readonly hidden?: boolean | undefined
  readonly allowNo?: boolean | undefined
}

/** A command as the manifest has it; `id` has colons between its words. */
export interface KnownCommand {
  readonly id: string
  readonly aliases: readonly string[]
  readonly summary?: string | undefined
  readonly hidden: boolean
  readonly flags: readonly KnownFlag[]
}

/** What is on the line before the word that is completed. */
export interface CommandLine {
  readonly command: KnownCommand | undefined
  /** Words of the command's name that were found, with colons. */
  readonly id: string
  /** Words that are neither flags nor their values. */
  readonly words: readonly string[]
  /** Values given to flags, by the flag's name. */
  readonly values: Readonly<Record<string, string>>
  /** The flag whose value the word to complete is. */
  readonly pending: KnownFlag | undefined
  /** Behind `--` everything belongs to another program. */
  readonly isOver: boolean
}

/** What may stand before the verb and has values to offer. */
const BEFORE_VERB: readonly KnownFlag[] = [{name: 'namespace', char: 'n', type: 'option'}]

/** Reads the words before the one to complete: the longest command (or beginning of commands) there is, then its flags and arguments. */
export function readCommandLine(typed: readonly string[], commands: readonly KnownCommand[]): CommandLine {
  const {leading, rest} = splitAtVerb(typed)
  const isNamed = (id: string) => (command: KnownCommand) => command.id === id || command.aliases.includes(id)
  const names = rest.filter((word) => !word.startsWith('-'))
  const isKnown = (id: string) => commands.some((command) => isNamed(id)(command) || command.id.startsWith(`${id}:`))
  const depth = [3, 2, 1].find((count) => names.length >= count && isKnown(names.slice(0, count).join(':'))) ?? 0
  const id = names.slice(0, depth).join(':')
  const command = commands.find(isNamed(id))
  return {id, command, ...readArguments([...leading, ...rest], depth, command?.flags ?? BEFORE_VERB)}
}

function readArguments(words: readonly string[], depth: number, flags: readonly KnownFlag[]): Omit<CommandLine, 'id' | 'command'> {
  const found: string[] = []
  const values: Record<string, string> = {}
  let pending: KnownFlag | undefined
  for (const word of words) {
    if (pending !== undefined) {
      values[pending.name] = word
      pending = undefined
    } else if (word === '--') {
      return {words: found.slice(depth), values, pending: undefined, isOver: true}
    } else if (word.startsWith('-') && word !== '-') {
      const [name = '', value] = splitFlag(word)
      const flag = findFlag(name, flags)
      if (value !== undefined && flag !== undefined) values[flag.name] = value
      else if (flag?.type === 'option') pending = flag
      else if (flag !== undefined) values[flag.name] = 'true'
    } else found.push(word)
  }
  return {words: found.slice(depth), values, pending, isOver: false}
}

/** `--output=yaml`, `-oyaml` is left to the shell's own rules. */
function splitFlag(word: string): readonly [string, string?] {
  const at = word.indexOf('=')
  return at === -1 ? [word] : [word.slice(0, at), word.slice(at + 1)]
}

/** The flag a word such as `--output` or `-o` means. */
export function findFlag(word: string, flags: readonly KnownFlag[]): KnownFlag | undefined {
  return flags.find(({name, char}) => word === `--${name}` || word === `-${char}`)
}

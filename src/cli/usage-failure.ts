import {isKubectlVerb} from './faces.js'

/** A command line oclif could not make sense of. */
export interface UsageError extends Error {
  readonly oclif: {readonly exit?: number}
  /** Of flags there are not. */
  readonly flags?: readonly string[]
  /** Of arguments there are too many of. */
  readonly args?: readonly unknown[]
}

/** The command that was called and with what. */
export interface Call {
  readonly id?: string | undefined
  readonly argv: readonly string[]
}

const USAGE = 2

/** kubectl's verbs end with its exit code, `diff` with that for trouble; tshift's own with 2. */
export function usageExitCode({id = ''}: Call): number {
  return isKubectlVerb(id) && id !== 'diff' ? 1 : USAGE
}

/** What is wrong with a command line, in kubectl's words. Source: cobra, pflag and kubectl `cmdutil.UsageErrorf`. */
export function usageText(error: UsageError, call: Call): string {
  const command = ['tshift', ...(call.id ?? '').split(':')].filter((word) => word !== '').join(' ')
  const flagText = flagTextOf(error, call)
  if (flagText !== undefined) return `error: ${flagText}\nSee '${command} ${call.id === 'diff' ? '-h\' for help and examples' : "--help' for usage."}`
  const required = /Missing required flag ([\w-]+)/.exec(error.message)?.[1]
  if (required !== undefined) return `error: required flag(s) "${required}" not set`
  return `error: ${plainText(error)}\nSee '${command} -h' for help and examples`
}

function flagTextOf({message, flags}: UsageError, {argv}: Call): string | undefined {
  const [unknown] = Array.isArray(flags) && flags.every((flag) => typeof flag === 'string') ? flags : []
  if (unknown !== undefined) return unknownFlag(unknown)
  const [, needy] = /^Flag --([\w-]+) expects a value/.exec(message) ?? []
  const last = argv.at(-1) ?? ''
  if (needy !== undefined) return `flag needs an argument: ${/^-\w$/.test(last) ? `'${last[1]}' in ${last}` : `--${needy}`}`
  const [, name, value] = /^Parsing --([\w-]+)\s+Expected an integer but received: (.*)/.exec(message) ?? []
  return name === undefined ? undefined : `invalid argument "${value}" for "--${name}" flag: strconv.ParseInt: parsing "${value}": invalid syntax`
}

/** `unknown shorthand flag: 'z' in -zv`. */
export function unknownFlag(word: string): string {
  return word.startsWith('--') ? `unknown flag: ${word.split('=')[0]}` : `unknown shorthand flag: '${word[1]}' in ${word}`
}

/** The sentence and, on the next line, what it is about; oclif's own hint is left out. */
function plainText({message, args}: UsageError): string {
  if (message.startsWith('Unexpected argument')) return `unexpected arguments: [${(args ?? []).join(' ')}]`
  const lines = message.split('\n').map((line) => line.trim())
  return lines.slice(0, 2).filter((line) => line !== '' && !line.startsWith('See more help')).join(' ')
}

import {StatusError} from '../api/status-error.js'
import {UserError} from '../base/user-error.js'

/** What an error says on stderr, and the exit code it ends the command with. */
export interface Failure {
  readonly text: string
  readonly exitCode: number
}

/**
 * Refusals speak as kubectl does (`Error from server (NotFound): …`), what the user can mend in one line and a hint; everything else is
 * a bug of ours and shows its stack.
 */
export function failureOf(error: unknown): Failure {
  if (error instanceof StatusError) return {text: statusText(error), exitCode: 1}
  if (error instanceof UserError) return {text: `error: ${[withoutFrame(error.message), ...(error.hint === undefined ? [] : [error.hint])].join('\n')}`, exitCode: error.exitCode}
  if (isUsageError(error)) return {text: `error: ${headOf(error.message)}\nSee 'tshift ${error.parse?.input?.context?.id?.replaceAll(':', ' ') ?? ''} --help'`.replace('  ', ' '), exitCode: 2}
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return {text: `${stack}\n\nThis is a bug in tshift: please report it with the lines above.`, exitCode: 1}
}

/** A refusal as kubectl prints it. `doing` is the act and file it belongs to, e.g. `error when creating "f.yaml"`. Source: kubectl `cmdutil.CheckErr`. */
export function statusText(error: StatusError, doing?: string): string {
  const {reason, message} = error
  if (reason === 'Invalid') return invalidText(error)
  const prefix = reason === '' ? 'Error from server' : `Error from server (${reason})`
  return doing === undefined ? `${prefix}: ${message}` : `${prefix}: ${doing}: ${message}`
}

function invalidText({message, details: {kind = '', name = '', causes = []}}: StatusError): string {
  const list = causes.map(({field, message: text}) => (field === '' ? text : `${field}: ${text}`))
  const subject = kind === '' && name === '' ? 'The request is invalid' : `The ${kind} "${name}" is invalid`
  if (list.length === 0) return kind === '' && name === '' ? `${subject}: ${message}` : subject
  if (list.length === 1) return `${subject}: ${list[0]}`
  return `${subject}: \n${list.map((line) => `* ${line}`).join('\n')}`
}

interface UsageError extends Error {
  readonly oclif: {readonly exit?: number}
  readonly parse?: {readonly input?: {readonly context?: {readonly id?: string}}}
}

function isUsageError(error: unknown): error is UsageError {
  return error instanceof Error && 'oclif' in error
}

/** oclif frames what a flag's parser throws. */
function withoutFrame(message: string): string {
  return /^Parsing --\S+ \n\t([\s\S]*)\nSee more help with --help$/.exec(message)?.[1] ?? message
}

/** The sentence and, on the next line, what it is about; oclif's own hint is left out. */
function headOf(text: string): string {
  const lines = text.split('\n').map((line) => line.trim())
  return lines.slice(0, 2).filter((line) => line !== '' && !line.startsWith('See more help')).join(' ')
}

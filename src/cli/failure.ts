import {StatusError} from '../api/status-error.js'
import {UserError} from '../base/user-error.js'
import {usageExitCode, usageText, type Call, type UsageError} from './usage-failure.js'

/** What an error says on stderr, and the exit code it ends the command with. */
export interface Failure {
  readonly text: string
  readonly exitCode: number
}

/**
 * Refusals speak as kubectl does (`Error from server (NotFound): …`), what the user can mend in one line and a hint; everything else is
 * a bug of ours and shows its stack. Several together are said without `error: `, as kubectl's `MultipleErrors` does. `call` is the command line, for errors
 * about it.
 */
export function failureOf(error: unknown, call: Call = {argv: []}): Failure {
  if (error instanceof AggregateError) {
    return {text: error.errors.map((one) => (isRefusal(one) ? amongOthers(one) : failureOf(one, call).text)).join('\n'), exitCode: 1}
  }
  if (error instanceof StatusError) return {text: statusText(error), exitCode: 1}
  if (error instanceof UserError) return {text: `${error.isBare ? '' : 'error: '}${userText(error)}`, exitCode: error.exitCode}
  if (isUsageError(error)) return {text: usageText(error, call), exitCode: usageExitCode(call)}
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return {text: `${stack}\n\nThis is a bug in tshift: please report it with the lines above.`, exitCode: 1}
}

/** Whether an error is an answer to what was asked, which need not keep back what else was; the rest are bugs, and end the command. */
export function isRefusal(error: unknown): error is UserError | StatusError {
  return error instanceof UserError || error instanceof StatusError
}

/** What is said of one of several that went wrong: without `error: `, and of what is invalid as of every other refusal. Source: kubectl `MultipleErrors`. */
export function amongOthers(error: StatusError | UserError, doing?: string): string {
  return error instanceof UserError ? userText(error) : refusalText(error, doing)
}

/** A refusal as kubectl prints it. `doing` is the act and file it belongs to, e.g. `error when creating "f.yaml"`. Source: kubectl `cmdutil.CheckErr`. */
export function statusText(error: StatusError, doing?: string): string {
  return error.reason === 'Invalid' ? invalidText(error) : refusalText(error, doing)
}

function refusalText({reason, message}: StatusError, doing: string | undefined): string {
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

function userText({message, hint}: UserError): string {
  return [withoutFrame(message), ...(hint === undefined ? [] : [hint])].join('\n')
}

function isUsageError(error: unknown): error is UsageError {
  return error instanceof Error && 'oclif' in error
}

/** oclif frames what a flag's parser throws. */
function withoutFrame(message: string): string {
  return /^Parsing --\S+ \n\t([\s\S]*)\nSee more help with --help$/.exec(message)?.[1] ?? message
}

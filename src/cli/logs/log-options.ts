import {UserError} from '../../base/user-error.js'
import {goDuration} from '../go-duration.js'

/** The flags of `logs` as they were typed. */
export interface LogFlags {
  readonly 'all-containers': boolean
  readonly 'all-pods': boolean
  readonly container?: string | undefined
  readonly follow: boolean
  readonly 'ignore-errors': boolean
  readonly 'limit-bytes': string
  readonly 'max-log-requests': string
  readonly prefix: boolean
  readonly previous: boolean
  readonly selector?: string | undefined
  readonly since: string
  readonly 'since-time'?: string | undefined
  readonly tail?: string | undefined
  readonly timestamps: boolean
}

/** What `logs` is asked for. */
export interface LogOptions {
  /** `POD` or `TYPE/NAME`; undefined where a selector says which pods. */
  readonly target: string | undefined
  readonly selector: string | undefined
  readonly container: string | undefined
  readonly allContainers: boolean
  readonly allPods: boolean
  readonly follow: boolean
  readonly previous: boolean
  readonly prefix: boolean
  readonly timestamps: boolean
  readonly ignoreErrors: boolean
  /** Only the last so many lines of each container; undefined for all. */
  readonly tail: number | undefined
  /** Only what was written since, Unix epoch ms. */
  readonly sinceMs: number | undefined
  /** Of each container; undefined for no limit. */
  readonly limitBytes: number | undefined
  readonly maxRequests: number
}

const SELECTOR_TAIL = 10
const FOR_HELP = "See 'tshift logs -h' for help and examples"

/** Checks and completes the flags. Throws a UserError in kubectl's words. Source: kubectl `LogsOptions.Complete` and `Validate`. */
export function logOptions(flags: LogFlags, words: readonly string[], nowMs: number): LogOptions {
  const [target, inline, ...rest] = words
  const {container, selector = ''} = flags
  if (rest.length > 0 || (target === undefined && selector === '')) throw usage()
  if (target !== undefined && inline === undefined && selector !== '') throw new UserError('only a selector (-l) or a POD name is allowed', {hint: FOR_HELP})
  const sinceSeconds = Math.round(goDuration(flags.since, 'since', 'logs') / 1000)
  const sinceTime = flags['since-time'] === undefined ? undefined : parseTime(flags['since-time'])
  const tail = flags.tail === undefined ? undefined : integer(flags.tail, 'tail')
  const limitBytes = integer(flags['limit-bytes'], 'limit-bytes')
  const named = inline ?? container
  if (sinceTime !== undefined && sinceSeconds !== 0) throw new UserError('at most one of `sinceTime` or `sinceSeconds` may be specified')
  if (flags['all-containers'] && named !== undefined) throw new UserError(`--all-containers=true should not be specified with container name ${named}`)
  if (container !== undefined && inline !== undefined) throw new UserError('only one of -c or an inline [CONTAINER] arg is allowed')
  if (limitBytes < 0) throw new UserError('--limit-bytes must be greater than 0')
  if (sinceSeconds < 0) throw new UserError('--since must be greater than 0')
  if (tail !== undefined && tail < -1) throw new UserError('--tail must be greater than or equal to -1')
  return {
    target,
    selector: selector === '' ? undefined : selector,
    container: named,
    allContainers: flags['all-containers'],
    allPods: flags['all-pods'],
    follow: flags.follow,
    previous: flags.previous,
    prefix: flags.prefix || flags['all-pods'],
    timestamps: flags.timestamps,
    ignoreErrors: flags['ignore-errors'],
    tail: tail === undefined ? (selector === '' ? undefined : SELECTOR_TAIL) : tail === -1 ? undefined : tail,
    sinceMs: sinceTime ?? (sinceSeconds === 0 ? undefined : nowMs - sinceSeconds * 1000),
    limitBytes: limitBytes === 0 ? undefined : limitBytes,
    maxRequests: integer(flags['max-log-requests'], 'max-log-requests'),
  }
}

function usage(): UserError {
  const expected = "expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'."
  return new UserError(`${expected}\nPOD or TYPE/NAME is a required argument for the logs command`, {hint: FOR_HELP})
}

function integer(text: string, flag: string): number {
  if (/^[+-]?\d+$/.test(text)) return Number(text)
  const message = `invalid argument "${text}" for "--${flag}" flag: strconv.ParseInt: parsing "${text}": invalid syntax`
  throw new UserError(message, {hint: "See 'tshift logs --help' for usage."})
}

/** RFC 3339, in Unix epoch ms. */
function parseTime(text: string): number {
  const ms = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text) ? Date.parse(text) : Number.NaN
  if (!Number.isNaN(ms)) return ms
  throw new UserError(`parsing time "${text}" as "2006-01-02T15:04:05Z07:00": cannot parse "${text}" as "2006"`)
}
